package io.nearfar.tomcat;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does with the session what it is asked by its path. */
final class ShopServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Opens for a request that has come to {@code /slow}, which then waits for the other. */
    private final transient CountDownLatch arrived = new CountDownLatch(1);

    private final transient CountDownLatch released = new CountDownLatch(1);

    /** The id of the session that the waiting request has. */
    private volatile String id = "";

    /** Returns the browser whose session the waiting request has, before it was told. */
    Node.Browser waiting() {
        return new Node.Browser("JSESSIONID=" + id);
    }

    void awaitSlow() throws InterruptedException {
        if (!arrived.await(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody has come");
        }
    }

    void release() {
        released.countDown();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            response.getWriter().write(answer(request, request.getParameter("item")));
        } catch (InterruptedException | ServletException e) {
            throw new IOException(e);
        }
    }

    private String answer(HttpServletRequest request, String item) throws InterruptedException, ServletException {
        HttpSession session = request.getSession(false);
        switch (request.getPathInfo()) {
            case "/open" -> request.getSession().setAttribute("basket", new Basket());
            case "/add" -> basket(session).add(item);
            case "/look" -> session = request.getSession(false);
            case "/limit" -> session.setMaxInactiveInterval(Integer.parseInt(item));
            case "/foreign" -> session.setAttribute("foreign", ByteBuffer.allocate(1));
            case "/refused" -> session.setAttribute("refused", new javax.swing.tree.DefaultMutableTreeNode(item));
            case "/log-in" -> request.changeSessionId();
            case "/log-out" -> session.invalidate();
            case "/again" -> {
                session.invalidate();
                request.getSession().setAttribute("basket", new Basket());
            }
            case "/slow" -> {
                basket(session).add(item);
                hold(session);
            }
            case "/late" -> {
                Basket held = basket(session);
                hold(session);
                held.add(item);
                return ""; // without reading the attribute once more
            }
            case "/log-in-slow" -> {
                request.changeSessionId();
                hold(session);
                basket(session).add(item);
            }
            case "/open-slow" -> {
                session = request.getSession();
                session.setAttribute("basket", new Basket());
                hold(session);
                basket(session).add(item);
            }
            case "/stubborn" -> session.setAttribute("stubborn", new Stubborn());
            case "/note" -> session.setAttribute("note", item);
            case "/read-note" -> {
                return String.valueOf(session.getAttribute("note"));
            }
            case "/sign-in" -> request.login("ann", "secret");
            case "/who" -> {
                return request.getRemoteUser() + " " + request.isUserInRole("customer") + " "
                        + request.isUserInRole("chef");
            }
            default -> throw new IllegalArgumentException(request.getPathInfo());
        }
        HttpSession now = request.getSession(false);
        return now == null ? "no session" : basket(now).items().toString();
    }

    private static Basket basket(HttpSession session) {
        return (Basket) session.getAttribute("basket");
    }

    private void hold(HttpSession session) throws InterruptedException {
        id = session.getId();
        arrived.countDown();
        released.await(30, TimeUnit.SECONDS);
    }
}
