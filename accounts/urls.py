from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts.private_pages import SignOut
from accounts.sign_in import OwnPassword, SignIn, code, put_away
from accounts.views import (
    audit,
    choosing,
    deputies,
    excel,
    groups,
    handovers,
    inbox,
    people,
    sessions,
    single_sign_on,
    two_factor,
    undelivered,
    units,
    working_days,
)

app_name = "accounts"

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-in/code/", code, name="code"),
    path("sign-in/elsewhere/", single_sign_on.elsewhere, name="elsewhere"),
    path("sign-in/elsewhere/back/", single_sign_on.back, name="elsewhere-back"),
    path("linked/", single_sign_on.linked, name="linked"),
    path("sign-in/forgot/", choosing.forgot, name="forgot"),
    path("choose/", choosing.choose, name="choose"),
    path("choose/<str:kind>/<str:secret>/", choosing.choose_by_link, name="choose-by-link"),
    path("sign-out/", login_not_required(SignOut.as_view()), name="sign-out"),
    path("not-sent/", put_away, name="put-away"),
    path("password/", OwnPassword.as_view(), name="password"),
    path("two-factor/", two_factor.two_factor, name="two-factor"),
    path("two-factor/key/", two_factor.key_asked, name="key-asked"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("session/", sessions.session, name="session"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/mark/", inbox.mark, name="mark-messages"),
    path("inbox/<int:pk>/", inbox.message, name="message"),
    path("inbox/undelivered/", undelivered.undelivered, name="undelivered"),
    path("people/", people.people, name="people"),
    path("people/excel/", excel.people, name="people-excel"),
    path("people/changes/", people.role_changes, name="role-changes"),
    path("audit/", audit.audit, name="audit"),
    path("audit/entries.csv", audit.entries, name="audit-entries"),
    path("people/new/", people.new_person, name="new-person"),
    path("people/<int:pk>/", people.person, name="person"),
    path("units/", units.units, name="units"),
    path("units/excel/", excel.units, name="units-excel"),
    path("units/new/", units.new_unit, name="new-unit"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("groups/", groups.groups, name="groups"),
    path("groups/new/", groups.new_group, name="new-group"),
    path("groups/<int:pk>/", groups.group, name="group"),
    path("working-days/", working_days.working_days_of, name="working-days"),
    path("hand-overs/", handovers.hand_overs, name="hand-overs"),
    path("hand-overs/<int:pk>/", handovers.hand_over, name="hand-over"),
    path("deputies/", deputies.deputies, name="deputies"),
    path("deputies/<int:pk>/end/", deputies.end_deputy, name="end-deputy"),
]
