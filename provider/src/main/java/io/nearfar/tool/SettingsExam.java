package io.nearfar.tool;

import io.nearfar.StatusSettings;
import io.nearfar.config.AtomicOutage;
import io.nearfar.config.CacheSettings;
import io.nearfar.config.FarAddress;
import io.nearfar.config.FarSettings;
import io.nearfar.config.NearfarSettings;
import io.nearfar.config.OutagePolicy;
import io.nearfar.config.TrustPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the doctor finds in the settings. */
final class SettingsExam {
    private static final int RENEWALS = 3;

    private final NearfarSettings settings;
    private final List<Finding> findings = new ArrayList<>();

    private SettingsExam(NearfarSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns what it finds.
     *
     * @param caches settings of caches, by what they are called in a sentence
     */
    static List<Finding> of(NearfarSettings settings, FarSettings far, Map<String, CacheSettings> caches) {
        SettingsExam exam = new SettingsExam(settings);
        exam.manager(far);
        exam.web();
        caches.forEach((whose, cache) -> exam.cache(whose, cache, far));
        return exam.findings;
    }

    private void add(boolean found, Ailment ailment, String seen) {
        if (found) {
            findings.add(new Finding(ailment, null, seen));
        }
    }

    private void manager(FarSettings far) {
        add(
                !settings.isPrefixGiven(),
                Ailment.PREFIX_UNSET,
                "No setting names the prefix, so that it is the name of what runs, here " + far.prefix());
        add(!settings.limits().enabled(), Ailment.LIMITS_OFF, "nearfar.limit.enabled is false");
        add(settings.logsKeys(), Ailment.KEYS_IN_THE_LOG, "nearfar.log.keys is true");
        FarAddress address = far.address();
        if (!address.hosts().stream().allMatch(SettingsExam::isOfThisMachine)) {
            String where = address.toString();
            add(address.password() == null, Ailment.NO_PASSWORD, "There is no password for " + where);
            add(!address.tls(), Ailment.NO_TLS, where + " is not encrypted");
            add(
                    address.password() != null && address.user() == null,
                    Ailment.DEFAULT_USER,
                    "No user is named, so that it is the server's default one");
        }
        add(address.tls() && !far.tls().verifyHost(), Ailment.ANY_HOST, "nearfar.tls.verify-host is false");
    }

    /** By what is written: nobody is asked for an address. */
    static boolean isOfThisMachine(String host) {
        String name = host.substring(0, host.lastIndexOf(':'));
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    private void web() {
        StatusSettings status = settings.status();
        add(
                (status.enabled() || status.debug()) && status.role().equals(StatusSettings.NOBODY_IS_ASKED),
                Ailment.STATUS_FOR_EVERYBODY,
                "nearfar.status.role is none");
        add(status.debug(), Ailment.DEBUG_ANSWERS, "nearfar.status.debug is true");
        add(status.strict(), Ailment.STRICT_HEALTH, "nearfar.health.strict is true");
        add(
                settings.metrics().path() != null && settings.metrics().role() == null,
                Ailment.METRICS_FOR_EVERYBODY,
                "nearfar.metrics.path is " + settings.metrics().path() + ", and there is no nearfar.metrics.role");
    }

    private void cache(String whose, CacheSettings cache, FarSettings far) {
        Duration deadline = cache.deadline();
        add(
                cache.trust() == TrustPolicy.ALL,
                Ailment.ALL_TYPES_TRUSTED,
                "The codec trust " + whose + " is all, with the codec " + cache.codec());
        add(
                cache.loadLease().compareTo(deadline.multipliedBy(RENEWALS)) < 0,
                Ailment.LOAD_LEASE_SHORT,
                "The load lease " + whose + " is " + told(cache.loadLease()) + ", and the deadline " + told(deadline));
        add(
                deadline.compareTo(far.nearLease()) > 0,
                Ailment.DEADLINE_LONG,
                "The deadline " + whose + " is " + told(deadline) + ", and the near lease " + told(far.nearLease()));
        add(cache.outage() == OutagePolicy.CLOSED, Ailment.FAILS_CLOSED, "The outage policy " + whose + " is closed");
        add(
                cache.atomicOutage() == AtomicOutage.LOCAL,
                Ailment.DECIDES_LOCALLY,
                "The outage policy of conditional operations " + whose + " is local");
    }

    private static String told(Duration length) {
        return Amounts.time(length);
    }
}
