#!/usr/bin/env bash
# make messages: gather the messages of the sources into locale/, say what is not translated yet, compile.

# shellcheck source=scripts/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source scripts/system.sh
source scripts/python.sh
source scripts/build.sh

need_packages "${RUN_PACKAGES[@]}"
need_run_packages
python manage.py makemessages -l zh_Hans --no-location --no-obsolete -v 0 \
    -i node_modules -i .venv -i var -i bench -i tests
msgattrib --untranslated --no-obsolete locale/zh_Hans/LC_MESSAGES/django.po
msgattrib --only-fuzzy --no-obsolete locale/zh_Hans/LC_MESSAGES/django.po
compile_catalogues
