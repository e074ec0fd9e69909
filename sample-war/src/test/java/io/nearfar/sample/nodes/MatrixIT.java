package io.nearfar.sample.nodes;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The matrix of annotations on Payara Micro. */
class MatrixIT extends MatrixChecks {
    private static MatrixServer server;

    @BeforeAll
    static void start() throws Exception {
        server = MatrixServer.start();
        look(server.address());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }
}
