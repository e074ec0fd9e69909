package io.nearfar.tomcat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Tells the manager where a request begins and ends: before its response is complete. */
final class SessionValve extends ValveBase {
    private final NearfarSessionManager manager;

    SessionValve(NearfarSessionManager manager) {
        super(true);
        this.manager = manager;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        boolean outermost = manager.begin();
        try {
            getNext().invoke(request, response);
        } finally {
            if (outermost) {
                manager.end();
            }
        }
    }
}
