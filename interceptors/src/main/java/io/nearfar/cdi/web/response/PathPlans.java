package io.nearfar.cdi.web.response;

import io.nearfar.HttpSettings;
import io.nearfar.PathResponse;
import io.nearfar.cdi.web.WebSettings;
import jakarta.servlet.ServletContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plans of one web application for responses that are kept by their paths.
 *
 * @param settings the settings of which they were made
 * @param all them
 */
record PathPlans(HttpSettings settings, List<PathPlan> all) {
    private static final String NAME = PathPlans.class.getName();

    /** Returns those of a web application; none while its settings cannot be read. */
    static List<PathPlan> of(ServletContext application) {
        HttpSettings settings = WebSettings.of(application);
        if (settings == null || settings.responses().isEmpty()) {
            return List.of();
        }
        Object there = application.getAttribute(NAME);
        return there instanceof PathPlans plans && plans.settings() == settings
                ? plans.all()
                : added(application, settings);
    }

    private static List<PathPlan> added(ServletContext application, HttpSettings settings) {
        synchronized (PathPlans.class) {
            if (application.getAttribute(NAME) instanceof PathPlans plans && plans.settings() == settings) {
                return plans.all();
            }
            List<PathPlan> all = settings.responses().stream().map(PathPlan::of).toList();
            application.setAttribute(NAME, new PathPlans(settings, all));
            return all;
        }
    }

    /** Returns the plan that names a path most closely, or null if none does. */
    static @Nullable PathPlan closest(List<PathPlan> plans, String path) {
        PathPlan closest = null;
        int closeness = 0;
        for (PathPlan plan : plans) {
            PathResponse settings = plan.settings();
            int own = settings.closeness(path);
            if (own > closeness) {
                closeness = own;
                closest = plan;
            }
        }
        return closest;
    }
}
