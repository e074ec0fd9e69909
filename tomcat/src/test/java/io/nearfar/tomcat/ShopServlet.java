package io.nearfar.tomcat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.realm.GenericPrincipal;

/** Does with the session what it is asked by its path. */
final class ShopServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** Opens for a request that has come to {@code /slow}, which then waits for the other. */
    private final transient CountDownLatch arrived = new CountDownLatch(1);

    private final transient CountDownLatch released = new CountDownLatch(1);

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
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private String answer(HttpServletRequest request, String item) throws InterruptedException {
        HttpSession session = request.getSession(false);
        switch (request.getPathInfo()) {
            case "/open" -> request.getSession().setAttribute("basket", new Basket());
            case "/add" -> ((Basket) session.getAttribute("basket")).add(item);
            case "/look" -> session = request.getSession(false);
            case "/limit" -> session.setMaxInactiveInterval(Integer.parseInt(item));
            case "/foreign" -> session.setAttribute("foreign", ByteBuffer.allocate(1));
            case "/refused" -> session.setAttribute("refused", new javax.swing.tree.DefaultMutableTreeNode(item));
            case "/log-in" -> request.changeSessionId();
            case "/log-out" -> session.invalidate();
            case "/slow" -> {
                ((Basket) session.getAttribute("basket")).add(item);
                arrived.countDown();
                released.await(30, TimeUnit.SECONDS);
            }
            default -> throw new IllegalArgumentException(request.getPathInfo());
        }
        HttpSession now = request.getSession(false);
        return now == null
                ? "no session"
                : ((Basket) now.getAttribute("basket")).items().toString();
    }

    /** Returns a person as a realm would have it. */
    static GenericPrincipal person(String name) {
        return new GenericPrincipal(name, java.util.List.of("customer"));
    }
}
