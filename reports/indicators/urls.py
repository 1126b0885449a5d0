"""Addresses: indicators over years and their values."""

from django.urls import path

from reports.indicators.views import indicators, values

urlpatterns = [
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/new/", indicators.new, name="new-indicator"),
    path("indicators/excel/", indicators.excel, name="indicators-excel"),
    path("indicators/<int:pk>/", indicators.indicator, name="indicator"),
    path("indicators/<int:pk>/edit/", indicators.edit, name="edit-indicator"),
    path("indicators/<int:pk>/chart.svg", indicators.picture, name="indicator-chart"),
    path("indicators/<int:pk>/report/", values.report, name="report-value"),
    path("indicator-values/<int:pk>/approve/", values.approve, name="approve-value"),
    path("indicator-values/<int:pk>/return/", values.send_back, name="return-value"),
    path("indicator-values/<int:pk>/take-back/", values.take_back, name="take-back-value"),
    path("indicator-values/<int:pk>/evidence/", values.evidence, name="value-evidence"),
]
