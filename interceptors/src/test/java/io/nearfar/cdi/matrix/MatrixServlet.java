package io.nearfar.cdi.matrix;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Looks at all cells inside of a server: a line for each, its name and what is said of it, with a tab between. Another path tells that it is there. */
@WebServlet({"/cells", "/there"})
public class MatrixServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    @Any
    private transient Instance<Object> container;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder lines = new StringBuilder();
        if (request.getServletPath().equals("/there")) {
            return;
        }
        try {
            Matrix.look(new Beans(container))
                    .forEach((name, said) -> lines.append(name)
                            .append('\t')
                            .append(said.replaceAll("\\s", " "))
                            .append('\n'));
        } catch (Exception e) {
            throw new IllegalStateException("The matrix could not be looked at", e);
        }
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().append(lines);
    }
}
