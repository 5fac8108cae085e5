"""The picture of the people around says nothing that the list beside it does not, and never runs out of its frame."""

from uuid import uuid4

from casework.network import AT_MOST, HEIGHT, WIDTH, picture
from luisterloket.convenant.disclosure import Item


def someone(name, relation="", part="child"):
    return Item("network", "support_person", uuid4(), uuid4(), "", name, {"name": name, "relation": relation, "part": part})


def test_with_fewer_than_two_people_there_is_no_picture():
    assert picture("Rachida", [], []) is None
    assert picture("Rachida", [], [someone("Hatice")]) is None


def test_who_lives_along_stands_closer_than_who_helps():
    found = picture("Rachida Amrani", [someone("Ilyas Amrani")], [someone("Hatice", "buurvrouw")])
    close, far = found.nodes
    assert (close.name, close.close, far.name, far.note, far.close) == ("Ilyas", True, "Hatice", "buurvrouw", False)

    def distance(node):
        return abs(node.y - found.y)

    assert distance(close) < distance(far)


def test_many_people_with_long_names_stay_inside_the_frame():
    crowd = [someone("Maximiliaan-Alexanderine" + str(number), "buurvrouw van boven") for number in range(40)]
    found = picture("", [], crowd)
    assert len(found.nodes) == AT_MOST
    assert all(0 < node.x < WIDTH and 0 < node.y < HEIGHT - 30 for node in found.nodes)
    assert all(len(node.name) <= 14 for node in found.nodes)
