"""Without Redis the queue is a folder: whatever starts first, no worker finds half a table."""

import pytest
from kombu import Connection, Exchange, Queue

from qualitymonth import folder_broker


@pytest.fixture
def connection(tmp_path):
    options = folder_broker.ready(tmp_path / "broker")
    with Connection("filesystem://localhost", transport_options=options) as opened:
        yield opened


def test_a_worker_that_comes_first_finds_every_table_whole(connection):
    channel = connection.default_channel
    assert [channel.get_table(name) for name in folder_broker.EXCHANGES] == [[], [], [], []]


def test_what_is_bound_already_stays_when_another_program_starts(connection, tmp_path):
    queue = Queue("photos", Exchange("quick"), routing_key="photos", channel=connection.default_channel)
    queue.declare()
    folder_broker.ready(tmp_path / "broker")
    assert [each.queue for each in connection.default_channel.get_table("quick")] == ["photos"]


def test_the_exchange_of_the_lanes_is_the_first_of_them(settings):
    assert (settings.CELERY_TASK_DEFAULT_QUEUE, folder_broker.EXCHANGES[0]) == ("quick", "quick")
