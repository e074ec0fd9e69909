package io.nearfar.servers.session;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** Does with the session what it is asked by its path. */
public final class SessionServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String BASKET = "basket";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().write(answer(request));
    }

    private static String answer(HttpServletRequest request) {
        return switch (request.getPathInfo()) {
            case "/round" -> "0";
            case "/who" -> String.valueOf(request.getRemoteUser());
            case "/add" -> added(request.getSession(), request.getParameter("item"));
            case "/end" -> {
                request.getSession().invalidate();
                yield "ended";
            }
            default -> shown(request.getSession(false));
        };
    }

    private static String added(HttpSession session, String item) {
        Basket basket = session.getAttribute(BASKET) instanceof Basket known ? known : new Basket();
        basket.add(item);
        session.setAttribute(BASKET, basket);
        session.setAttribute("last", item);
        return basket.toString();
    }

    private static String shown(HttpSession session) {
        return session == null ? "no session" : session.getAttribute(BASKET) + ", " + session.getAttribute("last");
    }
}
