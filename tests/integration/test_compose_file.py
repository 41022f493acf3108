"""The compose file, as a compose implementation reads it."""

from __future__ import annotations

import re

import pytest

from cchc.settings import REPOSITORY
from tests.fixtures.compose import SECRETS, resolve

SERVICES = {"postgres", "migrate", "api-server", "scheduler", "dag-processor", "triggerer"}
AIRFLOW = SERVICES - {"postgres"}
LASTING = SERVICES - {"migrate"}
TEXT = (REPOSITORY / "docker-compose.yaml").read_text(encoding="utf-8")


def test_these_services_and_no_others(compose):
    assert set(compose["services"]) == SERVICES


@pytest.mark.parametrize("variable", sorted(SECRETS))
def test_it_refuses_to_start_without_a_secret(variable, tmp_path):
    done = resolve(tmp_path, {name: value for name, value in SECRETS.items() if name != variable})
    assert done.returncode != 0
    assert variable in done.stderr
    assert ".env.example" in done.stderr


def test_no_secret_stands_in_a_file():
    example = dict(re.findall(r"^([A-Z_]+)=(.*)$", (REPOSITORY / ".env.example").read_text(), re.MULTILINE))
    assert set(SECRETS) <= set(example)
    assert [name for name in SECRETS if example[name]] == []
    for name in SECRETS:
        assert f"${{{name}:?" in TEXT
    assert not re.search(r"(?i)(password|secret|key): +[^$\s]", TEXT)


def test_every_variable_of_the_file_is_explained_in_the_example():
    used = set(re.findall(r"\$\{([A-Z_]+)", TEXT)) - {"CCHC_IMAGE_TAG"}
    example = (REPOSITORY / ".env.example").read_text(encoding="utf-8")
    assert used == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_what_lasts_has_a_health_check(compose):
    checks = {name for name, service in compose["services"].items() if service.get("healthcheck")}
    assert checks == LASTING


def test_nothing_starts_before_what_it_needs(compose):
    needs = {
        name: {other: how["condition"] for other, how in service.get("depends_on", {}).items()}
        for name, service in compose["services"].items()
    }
    ready = {"postgres": "service_healthy", "migrate": "service_completed_successfully"}
    assert needs == {
        "postgres": {},
        "migrate": {"postgres": "service_healthy"},
        "api-server": ready,
        "scheduler": {**ready, "api-server": "service_healthy"},
        "dag-processor": ready,
        "triggerer": ready,
    }


def test_the_migration_runs_once_and_the_rest_comes_back(compose):
    restart = {name: service["restart"] for name, service in compose["services"].items()}
    assert restart.pop("migrate") == "no"
    assert set(restart.values()) == {"unless-stopped"}


def test_services_agree_on_environment_and_volumes(compose):
    services = [compose["services"][name] for name in sorted(AIRFLOW - {"migrate"})]
    assert all(service["environment"] == services[0]["environment"] for service in services)
    assert all(service["volumes"] == services[0]["volumes"] for service in services)
    assert services[0]["environment"]["PYTHONPATH"] == "/opt/airflow/include"
    assert set(compose["volumes"]) == {"postgres-data", "cchc-data", "airflow-logs"}


def test_only_the_web_page_is_published_and_only_on_loopback(compose):
    published = {name: service["ports"] for name, service in compose["services"].items() if service.get("ports")}
    assert set(published) == {"api-server"}
    assert [port["host_ip"] for port in published["api-server"]] == ["127.0.0.1"]


def test_nothing_runs_as_root_or_may_become_it(compose):
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (\w+)", dockerfile, re.MULTILINE)[-1] == "airflow"
    for name in AIRFLOW:
        assert "user" not in compose["services"][name]
        assert compose["services"][name]["security_opt"] == ["no-new-privileges:true"]


def test_the_image_is_airflow_at_the_pinned_version():
    pinned = re.search(r"^apache-airflow==([\d.]+)", (REPOSITORY / "requirements/runtime.txt").read_text(), re.M)
    assert pinned
    dockerfile = (REPOSITORY / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(rf"^FROM apache/airflow:slim-{pinned[1]}-python3\.11$", dockerfile, re.MULTILINE)


def test_what_the_image_copies_exists_and_is_let_through():
    copied = re.findall(r"^COPY --chown=airflow:0 (\S+)", (REPOSITORY / "Dockerfile").read_text(), re.MULTILINE)
    ignored = (REPOSITORY / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied
    assert [path for path in copied if not (REPOSITORY / path).exists() or f"!{path}" not in ignored] == []
