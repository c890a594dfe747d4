"""What a room's Hub is set to, in each of the three ways that it can stand, and how codes open."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from jupyterhub.app import JupyterHub
from jupyterhub.roles import get_default_roles
from jupyterhub.scopes import scope_definitions
from traitlets.config import Config

from evenground.app.room import card, processes, settings
from evenground.app.room.joining import FREE_TRIES, LEAD, ByCode, Joined
from evenground.group import codes, gathering

DEPLOY = Path(__file__).parents[2] / "deploy"
WRITES = re.compile(r"^(?:admin|list|read|delete|servers|tokens|groups|proxy|shutdown)")


@pytest.fixture
def group(tmp_path):
    made = gathering.Group(name="Six", first=date(2127, 1, 4), couples=6)
    return gathering.make(made, where=tmp_path / "groups")


def on_a_laptop(group, folder, monkeypatch):
    room = settings.Room(group=group, room=folder, service="http://127.0.0.1:4")
    c = Config()
    settings.on_one_computer(c, room, ports=(1, 2, 3), host="127.0.0.1")
    return c


def on_one_server(group, folder, monkeypatch):
    monkeypatch.setenv("EVENGROUND_IMAGE", "seat")
    monkeypatch.setenv("EVENGROUND_NETWORK", "couples")
    code = (DEPLOY / "one_server" / "jupyterhub_config.py").read_text()
    code = code.replace("/srv/group", str(group)).replace("/srv/room", str(folder))
    c = Config()
    exec(code, {"get_config": lambda: c})
    return c


def in_a_cluster(group, folder, monkeypatch):
    values = yaml.safe_load((DEPLOY / "cluster" / "values.yaml").read_text())
    code = values["hub"]["extraConfig"]["room"]
    code = code.replace("/srv/given", str(group)).replace("/srv/jupyterhub", str(folder))
    c = Config()
    c.JupyterHub.services = [{"name": "cull"}]  # the chart's own come first
    c.JupyterHub.load_roles = []
    exec(code, {"c": c})
    return c


@pytest.mark.parametrize("way", [on_a_laptop, on_one_server, in_a_cluster])
def test_each_way_to_open_a_room_has_the_same_door_and_the_same_narrow_roles(
    way, group, tmp_path, monkeypatch
):
    folder = tmp_path / "room"
    folder.mkdir()
    c = way(group, folder, monkeypatch)

    assert c.JupyterHub.authenticator_class is ByCode
    assert c.Authenticator.admin_users == set()
    assert c.JupyterHub.admin_access is False
    assert c.JupyterHub.template_vars["is_plain"] == (
        way is on_a_laptop
    )  # others have TLS in front
    services = {one["name"]: one for one in told(c.JupyterHub.services)}
    assert services["room"]["command"][-1] == "evenground.app.room.service"
    assert services["room"]["timeout"] == settings.STARTS_WITHIN  # a busy computer takes its time
    roles = {one["name"]: one["scopes"] for one in told(c.JupyterHub.load_roles)}
    assert roles["room"] == []
    for name, scopes in roles.items():
        assert [scope for scope in scopes if WRITES.match(scope)] == [], name
        known = {scope.partition("!")[0] for scope in scopes}
        assert known <= set(scope_definitions), name
    assert any(WRITES.match(one) for role in get_default_roles() for one in role["scopes"])
    spawners = [c.Spawner, c.DockerSpawner, c.KubeSpawner]
    env = next(one.environment for one in spawners if "environment" in one)
    assert env["EVENGROUND_SEALED"] == "no"
    assert not any("KEY" in name or "TOKEN" in name for name in env)
    assert set(c.JupyterHub) <= set(JupyterHub.class_trait_names(config=True))


def told(value):
    return value if isinstance(value, list) else value.get_value([])


def test_containers_have_limits_and_no_way_out():
    values = yaml.safe_load((DEPLOY / "cluster" / "values.yaml").read_text())
    single = values["singleuser"]
    assert single["memory"]["limit"] == settings.MEMORY
    assert single["storage"]["homeMountPath"] == settings.HOME
    rules = single["networkPolicy"]["egressAllowRules"]
    assert {name for name, is_open in rules.items() if is_open} == {"dnsPortsKubeSystemNamespace"}
    assert values["cull"]["enabled"]
    compose = yaml.safe_load((DEPLOY / "one_server" / "compose.yaml").read_text())
    assert compose["networks"]["couples"]["internal"]
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["hub"]["ports"])


def test_the_first_word_goes_with_a_code_and_no_other_does(tmp_path):
    joined = Joined(tmp_path)
    assert not joined.opens("A", "abc")  # too short to be one
    assert joined.opens("A", "Blue  Door")
    assert Joined(tmp_path).opens("A", "blue door")
    assert not joined.opens("A", "green door")
    assert joined.opens("B", "green door")
    assert b"blue" not in (tmp_path / "words.json").read_bytes()
    assert set(json.loads((tmp_path / "words.json").read_text())) == {"A", "B"}


def test_after_wrong_words_no_word_is_heard_for_a_while(tmp_path):
    joined = Joined(tmp_path)
    assert joined.opens("A", "blue door", now=0.0)
    for _ in range(FREE_TRIES):
        assert not joined.opens("A", "red door", now=0.0)
    assert not joined.opens("A", "grey door", now=0.0)
    assert not joined.opens("A", "blue door", now=1.9)
    assert joined.opens("A", "blue door", now=2.0)


def test_a_lost_word_can_be_chosen_anew(tmp_path):
    joined = Joined(tmp_path)
    assert not joined.let_go("A")
    joined.opens("A", "blue door")
    assert joined.let_go("A")
    assert joined.opens("A", "green door")
    assert not joined.opens("A", "blue door")


def test_a_code_is_the_same_however_it_is_typed(group):
    code = gathering.codes(group)[0].code
    assert codes.tidy(code.lower().replace("-", " ")) == code
    assert codes.tidy(LEAD) != code


def test_a_card_of_another_couple_or_another_hand_is_not_read(tmp_path):
    signed = f"pair-01.a.{card._sign(tmp_path, 'pair-01', 'a')}"
    assert card.read(tmp_path, signed, "pair-01") == ("pair-01", "a")
    assert card.read(tmp_path, signed, "pair-02") is None
    assert card.read(tmp_path, signed.replace(".a.", ".b."), "pair-01") is None
    assert card.read(tmp_path, "", "pair-01") is None


def test_a_room_cannot_open_where_nobody_could_come(tmp_path):
    proxy = processes.Proxy(tmp_path, "none", "t", host="203.0.113.7", ports=(1, 2, 3))
    with pytest.raises(processes.RoomError) as refused:
        proxy.see_to()
    assert refused.value.sentence == "This computer has no such address: 203.0.113.7"
