#!/usr/bin/env bash
# make lint: the static checks, all of them even when one fails. `lint.sh NAME…` runs only the named ones
# (the pre-commit hooks call it so, and therefore run exactly what CI runs).

# shellcheck disable=SC2329  # each check is called by its name, at the end

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh

CHECKS=(lint format imports types forms migrations security deployment)

check_lint() { ruff check --quiet --output-format concise .; }
check_format() { ruff format --check --output-format concise .; }
check_imports() { lint-imports --no-logo; }
check_types() { mypy --no-error-summary; }
check_forms() { python -m tests.hand_posts; }  # no test posts a form past its page
# None forgotten, and none that the version before would not live with.
check_migrations() {
    export DATABASE_URL=sqlite://:memory:
    python manage.py makemigrations --check --dry-run && python -m tests.live_migrations
}

# Patterns that open a door; what stands all the same is answered where it stands (# nosec … # why).
check_security() { bandit --quiet --configfile pyproject.toml --recursive .; }

# As an office would run it: a real host name, so the settings must hold what production demands.
check_deployment() {
    ALLOWED_HOSTS=quality.example.com DEBUG=off HTTPS=on \
        SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(50))') \
        DATABASE_URL=postgres://quality:none@127.0.0.1/quality REDIS_URL=redis://127.0.0.1:6379/0 \
        python manage.py check --deploy --fail-level WARNING
}

need_test_packages
[ $# -gt 0 ] || set -- "${CHECKS[@]}"
status=0
for name in "$@"; do
    if output=$("check_$name" 2>&1); then
        say "$name: ok"
    else
        printf '%s\n' "$output"
        warn "$name: failed"
        status=1
    fi
done
exit "$status"
