import numpy as np

from wbsim.results.hash import WorldsHash, canonical, combine, world_digest
from wbsim.results.layout import Layout

MONTHS = ("2021-01", "2021-02")
LAYOUT = Layout(("status-quo", "forum"), 0, 2, MONTHS, ("2021-02",))
VALUES = np.array([[1.5, -2.0], [0.25, 3.0]], np.float32)


def digest(world: int = 0, **changes: np.ndarray) -> bytes:
    return world_digest(world, {"forum": [changes.get("forum", VALUES)], "status-quo": [VALUES + 1]})


def test_bytes_are_little_endian_single_precision():
    assert canonical(np.array([1.0], np.float32)) == b"\x00\x00\x80\x3f"
    assert canonical(np.array([1.0], ">f4")) == b"\x00\x00\x80\x3f"


def test_all_nan_are_one_nan_and_zero_has_no_sign():
    other_nan = np.array([0x7FC00001], np.uint32).view(np.float32)

    assert canonical(other_nan) == canonical(np.array([np.nan], np.float32))
    assert canonical(np.array([-0.0], np.float32)) == canonical(np.array([0.0], np.float32))


def test_memory_layout_and_order_of_scenarios_make_no_difference():
    assert digest(forum=np.asfortranarray(VALUES)) == digest()
    assert world_digest(0, {"status-quo": [VALUES + 1], "forum": [VALUES]}) == digest()


def test_the_last_bit_of_one_value_a_name_and_a_world_make_a_difference():
    nudged = VALUES.copy()
    nudged[1, 1] = np.nextafter(nudged[1, 1], np.float32(4))

    others = {
        digest(forum=nudged),
        digest(world=1),
        digest(forum=VALUES.T),
        world_digest(0, {"forums": [VALUES], "status-quo": [VALUES + 1]}),
    }
    assert len(others) == 4
    assert digest() not in others


def hashed(layout: Layout, digests: bytes) -> str:
    worlds = WorldsHash(layout)
    worlds.add(digests)
    return worlds.hexdigest()


def test_digests_may_come_in_pieces():
    worlds = WorldsHash(LAYOUT)
    worlds.add(b"a" * 32)
    worlds.add(b"b" * 32)

    assert worlds.hexdigest() == hashed(LAYOUT, b"a" * 32 + b"b" * 32)


def test_coordinates_are_part_of_the_hash_but_windows_of_measurement_are_not():
    other_months = Layout(LAYOUT.scenarios, 0, 2, ("2021-02", "2021-03"), LAYOUT.windows)
    other_worlds = Layout(LAYOUT.scenarios, 1, 2, MONTHS, LAYOUT.windows)
    reordered = Layout(("forum", "status-quo"), 0, 2, MONTHS, LAYOUT.windows)
    other_windows = Layout(LAYOUT.scenarios, 0, 2, MONTHS, ("2021-02", "2021-01"))

    assert hashed(other_months, b"") != hashed(LAYOUT, b"")
    assert hashed(other_worlds, b"") != hashed(LAYOUT, b"")
    assert hashed(reordered, b"") == hashed(LAYOUT, b"")
    assert hashed(other_windows, b"") == hashed(LAYOUT, b"")


def test_one_store_has_its_own_hash_and_several_have_one_whatever_their_order():
    assert combine(["ab"]) == "ab"
    assert combine(["ab", "cd"]) == combine(["cd", "ab"])
    assert combine(["ab", "cd"]) not in ("ab", "cd")
