package io.nearfar.opentelemetry;

import io.nearfar.Metric;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.HistogramData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;

/** All series of a histogram, as the SDK hands them to exporters. */
record HistogramMetric(Resource resource, Metric metric, HistogramData histogram) implements MetricData {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create("io.nearfar");

    @Override
    public Resource getResource() {
        return resource;
    }

    @Override
    public InstrumentationScopeInfo getInstrumentationScopeInfo() {
        return SCOPE;
    }

    @Override
    public String getName() {
        return Names.name(metric);
    }

    @Override
    public String getDescription() {
        return metric.help();
    }

    @Override
    public String getUnit() {
        return Names.unit(metric);
    }

    @Override
    public MetricDataType getType() {
        return MetricDataType.HISTOGRAM;
    }

    @Override
    public Data<?> getData() {
        return histogram;
    }

    /** Exporters that write logs show it. */
    @Override
    public String toString() {
        return "HistogramMetric{name=" + getName() + ", unit=" + getUnit() + ", data=" + histogram + "}";
    }
}
