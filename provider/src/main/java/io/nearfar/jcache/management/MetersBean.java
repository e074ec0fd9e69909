package io.nearfar.jcache.management;

import io.nearfar.Distribution;
import io.nearfar.Meter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import org.jspecify.annotations.Nullable;

/**
 * Shows the meters of one cache, or those that the caches of a manager share, each number as an attribute: the name of the
 * metric, then the values of its tags but for the cache. A histogram is shown by its count, its sum and its cumulative
 * buckets.
 */
final class MetersBean implements DynamicMBean {
    /** Of our own MXBeans; those of the specification have another. */
    static final String DOMAIN = "io.nearfar";

    private final String owner;
    private final Supplier<List<Meter>> meters;

    /** Creates one of the meters of {@code owner}, as texts name it. */
    MetersBean(String owner, Supplier<List<Meter>> meters) {
        this.owner = owner;
        this.meters = meters;
    }

    /** A number that can be shown. */
    private record Shown(double number, String help) {}

    private Map<String, Shown> shown() {
        Map<String, Shown> shown = new LinkedHashMap<>();
        for (Meter meter : meters.get()) {
            Distribution distribution = meter.distribution();
            String help = meter.metric().help();
            String tags = tags(meter);
            if (distribution == null) {
                shown.put(meter.metric().fullName() + tags, new Shown(meter.value(), help));
            } else {
                add(shown, meter.metric().fullName(), tags, distribution, help);
            }
        }
        return shown;
    }

    private static String tags(Meter meter) {
        StringBuilder text = new StringBuilder();
        meter.tags().forEach((name, value) -> text.append(name.equals("cache") ? "" : "." + value));
        return text.toString();
    }

    private static void add(
            Map<String, Shown> shown, String name, String tags, Distribution distribution, String help) {
        long below = 0;
        for (int i = 0; i < distribution.bounds().size(); i++) {
            below += distribution.counts().get(i);
            shown.put(name + "_bucket" + tags + "." + distribution.bounds().get(i), new Shown(below, help));
        }
        shown.put(name + "_count" + tags, new Shown(distribution.count(), help));
        shown.put(name + "_sum" + tags, new Shown(distribution.sum(), help));
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        Shown there = shown().get(attribute);
        if (there == null) {
            throw new AttributeNotFoundException("There is no metric " + attribute + " of " + owner
                    + "; getMBeanInfo lists the " + shown().size() + " that there are");
        }
        return there.number();
    }

    @Override
    public AttributeList getAttributes(String[] attributes) {
        Map<String, Shown> all = shown();
        AttributeList found = new AttributeList();
        for (String name : attributes) {
            Shown there = all.get(name);
            if (there != null) {
                found.add(new Attribute(name, there.number()));
            }
        }
        return found;
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        MBeanAttributeInfo[] attributes = shown().entrySet().stream()
                .map(each -> new MBeanAttributeInfo(
                        each.getKey(), "double", each.getValue().help(), true, false, false))
                .toArray(MBeanAttributeInfo[]::new);
        return new MBeanInfo(MetersBean.class.getName(), "The metrics of " + owner, attributes, null, null, null);
    }

    /** Nothing can be set: what is not found says so. */
    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException(
                "Metric " + attribute.getName() + " of " + owner + " cannot be set; metrics are only read");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public @Nullable Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException(
                "The metrics of " + owner + " have no operation " + action + "; they are only read");
    }
}
