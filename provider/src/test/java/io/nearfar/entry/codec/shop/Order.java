package io.nearfar.entry.codec.shop;

import io.nearfar.entry.codec.lent.Place;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** A type that a cache declares. */
public class Order implements Serializable {
    public final List<Place> places = new ArrayList<>(List.of(new Place("Ulm")));
    public Object extra = new Line("one");

    /** In the same package, not named by any field. */
    public record Line(String text) implements Serializable {}
}
