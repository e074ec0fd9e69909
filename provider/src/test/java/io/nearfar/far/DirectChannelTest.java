package io.nearfar.far;

import static io.nearfar.far.DirectCalls.GET;
import static io.nearfar.far.DirectCalls.SET;
import static io.nearfar.far.DirectCalls.SOON;
import static io.nearfar.far.DirectCalls.answer;
import static io.nearfar.far.DirectCalls.connections;
import static io.nearfar.far.DirectCalls.node;
import static io.nearfar.far.DirectCalls.text;
import static io.nearfar.far.DirectCalls.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nearfar.far.Session.Node;
import io.nearfar.testing.FarSetups;
import io.nearfar.testing.RealRedis;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.client.RedisConnection;
import org.redisson.client.RedisException;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;

/** That each command gets its own answer, whatever else comes and goes by its connection. */
@Timeout(120)
class DirectChannelTest {
    private static final RedisCommand<List<Object>> ECHO = command("ECHO");
    private static final RedisCommand<List<Object>> LPUSH = command("LPUSH");

    /** More than comes in one piece. */
    private static final int LARGE = 3_000_000;

    private static RedisCommand<List<Object>> command(String name) {
        return new RedisCommand<>(name, Collections::singletonList);
    }

    private interface Trial {
        void on(Session session, Node node) throws Exception;
    }

    /** On one connection, which so holds whatever comes. */
    private static void withOne(Trial test) throws Exception {
        try (RealRedis redis = RealRedis.start()) {
            with(FarSetups.address(redis.host()), 1, 1, session -> test.on(session, node(session)));
        }
    }

    private static RedisConnection connection(Node node) {
        return connections(node).element();
    }

    @Test
    void answersOfManyThreads_areEachItsOwn() throws Exception {
        withOne((session, node) -> {
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                String mine = "thread " + t + " number ";
                threads.add(CompletableFuture.runAsync(() -> {
                    try {
                        for (int i = 0; i < 500; i++) {
                            assertThat(text(session.send(node, ECHO, mine + i))).isEqualTo(mine + i);
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            CompletableFuture.allOf(threads.toArray(new CompletableFuture<?>[0]))
                    .get(SOON.toSeconds(), TimeUnit.SECONDS);
        });
    }

    /** More than go out before it is another connection's turn. */
    @Test
    void manyCommands_thatWaitForTheirThread_areAllAnswered() throws Exception {
        withOne((session, node) -> {
            CountDownLatch free = new CountDownLatch(1);
            connection(node).getChannel().eventLoop().execute(() -> awaitLatch(free));
            List<CompletableFuture<List<Object>>> calls = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                calls.add(session.send(node, ECHO, "number " + i));
            }
            free.countDown();
            for (int i = 0; i < calls.size(); i++) {
                assertThat(text(calls.get(i))).isEqualTo("number " + i);
            }
        });
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Messages are told where they come; whatever may take longer is not. */
    @Test
    void listenersOfChannels_areToldByOtherThreads_inOrder() throws Exception {
        withOne((session, node) -> {
            List<String> heard = Collections.synchronizedList(new ArrayList<>());
            Set<String> threads = ConcurrentHashMap.newKeySet();
            session.subscribe("channel", message -> {
                        threads.add(Thread.currentThread().getName());
                        heard.add(new String(message, UTF_8));
                    })
                    .get(SOON.toSeconds(), TimeUnit.SECONDS);
            List<String> said = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                said.add("message " + i);
                session.publish("channel", said.get(i).getBytes(UTF_8));
            }
            await().atMost(SOON).untilAsserted(() -> assertThat(heard).isEqualTo(said));
            assertThat(threads).allMatch(name -> name.startsWith("nearfar-events"));
        });
    }

    @Test
    void largeAnswers_comeInPieces_amongSmallOnes() throws Exception {
        withOne((session, node) -> {
            byte[] large = new byte[LARGE];
            for (int i = 0; i < LARGE; i++) {
                large[i] = (byte) (i * 31 >> 5);
            }
            answer(session.send(node, SET, "large", large));
            answer(session.send(node, SET, "small", "s"));
            List<CompletableFuture<List<Object>>> calls = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                calls.add(session.send(node, GET, "small"));
                calls.add(session.send(node, Session.MGET, "small", "large", "nothing", "large"));
            }
            for (int i = 0; i < calls.size(); i += 2) {
                assertThat(text(calls.get(i))).isEqualTo("s");
                List<Object> many = answer(calls.get(i + 1));
                assertThat(many).hasSize(4);
                assertThat((byte[]) many.get(0)).containsExactly('s');
                assertThat((byte[]) many.get(1)).isEqualTo(large);
                assertThat(many.get(2)).isNull();
                assertThat((byte[]) many.get(3)).isEqualTo(large);
            }
        });
    }

    /** As it pings, and looks for keys. */
    @Test
    void commandsOfRedisson_haveTheirAnswers_amongOurs() throws Exception {
        withOne((session, node) -> {
            byte[] large = new byte[LARGE];
            answer(session.send(node, SET, "large", large));
            RedisConnection connection = connection(node);
            for (int i = 0; i < 50; i++) {
                CompletableFuture<List<Object>> before = session.send(node, ECHO, "before " + i);
                CompletableFuture<byte[]> theirs = connection
                        .async(ByteArrayCodec.INSTANCE, RedisCommands.GET, i % 10 == 0 ? "large" : "nothing")
                        .toCompletableFuture()
                        .thenApply(byte[].class::cast);
                CompletableFuture<List<Object>> after = session.send(node, ECHO, "after " + i);
                CompletableFuture<List<Object>> last = session.send(node, Session.PTTL, "nothing");
                assertThat(text(before)).isEqualTo("before " + i);
                assertThat(text(after)).isEqualTo("after " + i);
                assertThat(answer(last)).containsExactly(-2L);
                byte[] theirAnswer = theirs.get(SOON.toSeconds(), TimeUnit.SECONDS);
                assertThat(theirAnswer).isEqualTo(i % 10 == 0 ? large : null);
            }
        });
    }

    @Test
    void error_isItsCommandsAlone() throws Exception {
        withOne((session, node) -> {
            answer(session.send(node, SET, "text", "t"));
            for (int i = 0; i < 20; i++) {
                CompletableFuture<List<Object>> wrong = session.send(node, LPUSH, "text", "x");
                CompletableFuture<List<Object>> right = session.send(node, GET, "text");
                assertThat(text(right)).isEqualTo("t");
                assertThat(wrong)
                        .failsWithin(SOON)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(RedisException.class)
                        .withMessageContaining("WRONGTYPE");
            }
        });
    }

    @Test
    void answerThatNobodyWaitsFor_isNotTheNextCommands() throws Exception {
        withOne((session, node) -> {
            for (int i = 0; i < 200; i++) {
                CompletableFuture<List<Object>> first = session.send(node, ECHO, "first " + i);
                CompletableFuture<List<Object>> second = session.send(node, ECHO, "second " + i);
                first.cancel(false);
                assertThat(text(second)).isEqualTo("second " + i);
            }
        });
    }

    /** What the reply is made into may fail, and the caller is told. */
    @Test
    void replyThatIsNotAsExpected_failsItsCommandAlone() throws Exception {
        withOne((session, node) -> {
            RedisCommand<List<Object>> picky = new RedisCommand<>("ECHO", reply -> {
                throw new IllegalStateException("not this");
            });
            CompletableFuture<List<Object>> fails = session.send(node, picky, "x");
            CompletableFuture<List<Object>> next = session.send(node, ECHO, "y");
            assertThat(text(next)).isEqualTo("y");
            assertThat(fails)
                    .failsWithin(SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("not this");
        });
    }

    @Test
    void commandThatCannotBeWritten_fails_andLeavesNothingForTheNext() throws Exception {
        withOne((session, node) -> {
            RedisConnection connection = connection(node);
            ChannelOutboundHandlerAdapter broken = new ChannelOutboundHandlerAdapter() {
                @Override
                public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                    ReferenceCountUtil.release(message);
                    promise.setFailure(new IOException("broken"));
                }
            };
            connection.getChannel().pipeline().addFirst(broken);
            assertThat(session.send(node, ECHO, "lost"))
                    .failsWithin(SOON)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(WriteRedisConnectionException.class)
                    .withStackTraceContaining("broken");
            connection.getChannel().pipeline().remove(broken);
            assertThat(text(session.send(node, ECHO, "next"))).isEqualTo("next");
        });
    }

    @Test
    void halfAnAnswer_endsWithItsConnection() throws Exception {
        withOne((session, node) -> {
            RedisConnection connection = connection(node);
            answer(session.send(node, SET, "large", new byte[50 * LARGE]));
            CompletableFuture<List<Object>> half = session.send(node, GET, "large");
            await().atMost(SOON).until(() -> connection.getCurrentCommandData() != null);
            connection.getChannel().close().sync();
            assertThat(half).isNotDone();
            await().atMost(SOON)
                    .ignoreExceptions()
                    .untilAsserted(() ->
                            assertThat(text(session.send(node, ECHO, "again"))).isEqualTo("again"));
        });
    }
}
