"""Addresses: a notice is begun, checked and issued; its receipts."""

from django.urls import path

from activities.asking.views import beginning, burden, contacts, demands, issue, receipts

urlpatterns = [
    path("campaigns/<int:pk>/notices/new/", beginning.new_notice, name="new-notice"),
    path("notices/<int:pk>/follow-up/", beginning.follow_up, name="follow-up"),
    path("notices/<int:pk>/issue/", issue.issue, name="issue"),
    path("notices/<int:pk>/demands/", demands.demands, name="demands"),
    path("notices/<int:pk>/demands/ask-all/", demands.ask_all, name="ask-all"),
    path("demands/<int:pk>/", demands.demand, name="demand"),
    path("demands/<int:pk>/drop/", demands.drop_demand, name="drop-demand"),
    path("notices/<int:pk>/sign/", issue.sign, name="sign"),
    path("notices/<int:pk>/burden/", burden.burden, name="burden"),
    path("notices/<int:pk>/findings/", issue.findings, name="findings"),
    path("notices/<int:pk>/handout/", issue.handout, name="handout"),
    path("notices/<int:pk>/handout/retry/", issue.hand_out_again, name="hand-out-again"),
    path("notices/<int:pk>/hour/cancel/", issue.cancel_hour, name="cancel-hour"),
    path("notices/<int:pk>/withdraw/", issue.withdraw, name="withdraw-notice"),
    path("notices/<int:pk>/paper/retry/", issue.set_again, name="set-again"),
    path("notices/<int:pk>/receipts/", receipts.receipts, name="receipts"),
    path("campaigns/<int:pk>/contacts/", contacts.contacts, name="contacts"),
    path("campaigns/<int:pk>/contacts/excel/", contacts.excel, name="officers-excel"),
    path("notices/<int:pk>/late-unit/", receipts.late_unit, name="late-unit"),
]
