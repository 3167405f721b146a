"""A registry is a file or an address; an address never carries a password, nor a connection that others can read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poems_registry.domain.errors import CannotOpen
from poems_registry.domain.locations import ServerAddress, location, whereabouts

NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\0/", exclude_categories=["C", "Z"]), min_size=1)


def refusal(text: str) -> str:
    with pytest.raises(CannotOpen) as refused:
        location(text)
    return str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ann:hunter2@db.example/poems",
        "postgresql://ann:@db.example/poems",
        "postgresql://ann@db.example/poems?password=hunter2",
        "postgresql://ann@db.example/poems?sslpassword=hunter2",
        "POSTGRESQL://ann:hunter2@db.example/poems",
        "postgres://:hunter2@localhost/poems",
        "postgresql+psycopg://ann:hunter2@db.example/poems",
        "postgresql://ann:hunter2/x@db.example/poems",
        "postgresql://ann:hunter2#x@db.example/poems",
        "postgresql://ann:hunter2?x@db.example/poems",
        "mysql://ann:hunter2@db.example/poems",
    ],
)
def test_an_address_with_a_password_is_refused_in_words_that_do_not_repeat_it(text: str) -> None:
    said = refusal(text)
    assert "hunter2" not in said
    assert "ann" not in said.split()
    assert "Nothing was opened or changed." in said


@pytest.mark.parametrize("mode", ["disable", "allow", "prefer", "require", "", "verify_full"])
def test_another_machine_is_never_reached_without_making_sure_who_answers(mode: str) -> None:
    said = refusal(f"postgresql://ann@db.example/poems?sslmode={mode}")
    assert "others on the network could read" in said
    assert "sslmode=verify-full or sslmode=verify-ca" in said


def test_protection_is_the_strictest_where_the_address_says_nothing_and_what_it_says_where_it_does() -> None:
    assert ServerAddress.read("postgresql://ann@db.example/poems").settings["sslmode"] == "verify-full"
    asked = ServerAddress.read("postgresql://ann@db.example/poems?sslmode=verify-ca")
    assert asked.settings == {"sslmode": "verify-ca", "gssencmode": "disable"}


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "[::1]"])
def test_a_server_on_this_pc_needs_no_protection(host: str) -> None:
    address = ServerAddress.read(f"postgresql://ann@{host}/poems?sslmode=disable")
    assert address.is_local
    assert address.settings == {"sslmode": "disable"}
    assert whereabouts(address) == "PostgreSQL on this PC"


@pytest.mark.parametrize("host", ["localhost.example", "128.0.0.1", "[::2]", "10.0.0.1", "127.example"])
def test_a_name_that_only_looks_like_this_pc_is_another_machine(host: str) -> None:
    assert not ServerAddress.read(f"postgresql://ann@{host}/poems").is_local


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ann@/poems",
        "postgresql:///poems",
        "postgresql://db.example",
        "postgresql://db.example/",
        "postgresql://db.example/a/b",
        "postgresql://db.example:port/poems",
        "postgresql://one.example,two.example/poems",
        "postgresql://db.example/poems?host=other.example",
        "postgresql://db.example/poems#part",
        "postgresql://[::1/poems",
        "postgresql+asyncpg://db.example/poems",
        "https://db.example/poems",
    ],
)
def test_what_is_no_address_of_one_database_is_refused_with_the_form(text: str) -> None:
    assert "postgresql://LOGIN@SERVER/DATABASE" in refusal(text)


@pytest.mark.parametrize(
    "option", ["hostaddr=10.0.0.1", "options=-c", "sslmode=require&sslmode=require", "gssencmode=prefer", "user=eve"]
)
def test_an_address_says_nothing_that_could_lead_somewhere_else(option: str) -> None:
    assert "not accepted there" in refusal(f"postgresql://ann@db.example/poems?{option}")


@pytest.mark.parametrize("text", ["poems.registry", "/srv/poems.registry", "C:\\Data\\poems.registry", "postgresql"])
def test_everything_else_is_a_path(text: str) -> None:
    assert location(text) == Path(text)


def test_a_socket_is_named_by_its_folder() -> None:
    address = ServerAddress.read("postgresql://postgres@/poems?host=/tmp/pg")
    assert (address.host, address.database, address.is_local) == ("/tmp/pg", "poems", True)
    assert str(address) == "postgresql://postgres@/poems?host=/tmp/pg"


@given(NAMES, NAMES, st.none() | st.integers(1, 65535), st.sampled_from(["/run/pg", "db.example", "::1", "10.0.0.7"]))
def test_an_address_reads_back_as_it_was_written(user: str, database: str, port: int | None, host: str) -> None:
    address = ServerAddress(host, database, user, port, (("sslmode", "verify-ca"),))
    assert ServerAddress.read(str(address)) == address


def test_where_a_registry_lies_is_said_without_its_login() -> None:
    assert whereabouts(ServerAddress.read("postgresql://ann@db.example:5433/poems")) == "PostgreSQL on db.example"
    assert whereabouts(Path("/srv/clinic/poems.registry")) == "/srv/clinic"
