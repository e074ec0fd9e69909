package io.nearfar.far;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;
import org.redisson.client.protocol.RedisCommand;
import org.redisson.client.protocol.RedisCommands;

/** Replies that come in pieces of any length, ours among Redisson's, and what is left in memory of them. */
@Timeout(120)
class DirectRepliesTest {
    private static final RedisCommand<List<Object>> FAILING = new RedisCommand<>("ECHO", reply -> {
        throw new StackOverflowError("not this");
    });

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false);
    private final EmbeddedChannel channel = channel(memory);

    private static EmbeddedChannel channel(UnpooledByteBufAllocator memory) {
        EmbeddedChannel channel = new EmbeddedChannel(new CommandsQueue(), new CommandDecoder("redis"));
        channel.config().setAllocator(memory);
        DirectChannel.hook("redis").afterChannelInitialization(channel);
        return channel;
    }

    private static <C extends QueueCommand> C written(EmbeddedChannel channel, C command) {
        channel.attr(CommandsQueue.COMMANDS_QUEUE).get().add(new QueueCommandHolder(command, channel.newPromise()));
        return command;
    }

    private static DirectCommand ours(EmbeddedChannel channel, RedisCommand<List<Object>> command) {
        return written(channel, new DirectCommand(command, new Object[0], CompletableFuture::new));
    }

    private static CommandData<Object, Object> theirs(EmbeddedChannel channel) {
        return written(
                channel,
                new CommandData<>(new CompletableFuture<>(), StringCodec.INSTANCE, RedisCommands.GET, new Object[0]));
    }

    private ByteBuf bytes(String text) {
        return memory.heapBuffer().writeBytes(text.getBytes(ISO_8859_1));
    }

    private static String text(DirectCommand command, int at) {
        assertThat(command.getPromise()).isDone();
        return new String((byte[]) command.getPromise().join().get(at), UTF_8);
    }

    private static List<String> pieces(String whole, int first, int length) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0, to = first; from < whole.length(); from = to, to = from + length) {
            to = Math.min(to, whole.length());
            pieces.add(whole.substring(from, to));
        }
        return pieces;
    }

    /** Cut at each place, and into pieces of each length. */
    @Test
    void pieces_ofAnyLength_areAnsweredEachToItsCommand() {
        String whole = "*2\r\n$5\r\nfirst\r\n:7\r\n" + "-ERR second\r\n" + "$5\r\nthird\r\n" + "*1\r\n$6\r\nfourth\r\n"
                + "*2\r\n:1\r\n-ERR within\r\n" + "$-1\r\n" + ":6\r\n";
        for (int i = 1; i <= whole.length(); i++) {
            answered(pieces(whole, i, whole.length()));
            answered(pieces(whole, i, i));
        }
        assertThat(memory.metric().usedHeapMemory()).isZero();
        assertThat(memory.metric().usedDirectMemory()).isZero();
    }

    private void answered(List<String> pieces) {
        EmbeddedChannel fresh = channel(memory);
        DirectCommand first = ours(fresh, Session.MGET);
        DirectCommand second = ours(fresh, Session.MGET);
        CommandData<Object, Object> third = theirs(fresh);
        DirectCommand fourth = ours(fresh, Session.EVAL);
        DirectCommand fifth = ours(fresh, Session.EVAL);
        CommandData<Object, Object> sixth = theirs(fresh);
        DirectCommand seventh = ours(fresh, Session.PTTL);
        pieces.forEach(piece -> fresh.writeInbound(bytes(piece)));
        assertThat(text(first, 0)).isEqualTo("first");
        assertThat(first.getPromise().join().get(1)).isEqualTo(7L);
        assertThat(second.cause()).isInstanceOf(RedisException.class).hasMessageContaining("ERR second");
        assertThat(third.getPromise()).isCompletedWithValue("third");
        assertThat(text(fourth, 0)).isEqualTo("fourth");
        assertThat(fifth.cause()).isInstanceOf(RedisException.class).hasMessageContaining("ERR within");
        assertThat(sixth.getPromise()).isCompletedWithValue(null);
        assertThat(seventh.getPromise()).isCompletedWithValue(List.of(6L));
        assertThat(fresh.attr(CommandsQueue.COMMANDS_QUEUE).get()).isEmpty();
        fresh.finishAndReleaseAll();
    }

    /** Each piece ends within a reply, so that there is always something left. */
    @Test
    void whatWasRead_isNotKept_whereEachPieceEndsWithinAReply() {
        String reply = "$100\r\n" + "x".repeat(100) + "\r\n";
        String piece = reply.substring(50) + reply.repeat(9) + reply.substring(0, 50); // the last is read with the next
        List<DirectCommand> commands = new ArrayList<>(List.of(ours(channel, Session.GETRANGE)));
        channel.writeInbound(bytes(reply.substring(0, 50)));
        for (int i = 0; i < 2_000; i++) {
            for (int j = 0; j < 10; j++) {
                commands.add(ours(channel, Session.GETRANGE));
            }
            channel.writeInbound(bytes(piece));
            assertThat(memory.metric().usedHeapMemory()).isLessThan(50_000);
        }
        channel.writeInbound(bytes(reply.substring(50)));
        assertThat(memory.metric().usedHeapMemory()).isZero();
        assertThat(commands).allMatch(DirectCommand::isSuccess).hasSize(20_000 + 1);
    }

    @Test
    void partOfAReply_isLetGo_whenTheConnectionEnds() {
        DirectCommand half = ours(channel, Session.GETRANGE);
        channel.writeInbound(bytes("$100\r\nabc"));
        assertThat(memory.metric().usedHeapMemory()).isPositive();
        channel.close();
        assertThat(memory.metric().usedHeapMemory()).isZero();
        assertThat(half.getPromise()).isNotDone();
    }

    /** Which answer is whose is not known any more after that. */
    @Test
    void errorAmongReplies_endsTheConnection_andAnswersNobodyWrongly() {
        ours(channel, FAILING);
        DirectCommand next = ours(channel, Session.GETRANGE);
        assertThatThrownBy(() -> channel.writeInbound(bytes("$1\r\na\r\n$1\r\nb\r\n")))
                .isInstanceOf(StackOverflowError.class);
        assertThat(channel.isOpen()).isFalse();
        assertThat(next.getPromise()).isNotDone();
        assertThat(memory.metric().usedHeapMemory()).isZero();
    }

    /** It may be called while a reply is told, and has the next command's reply waiting. */
    @Test
    void commandThatIsToldAnAnswer_isOutOfTheWayOfTheNext() {
        DirectCommand first = ours(channel, Session.GETRANGE);
        DirectCommand second = ours(channel, Session.GETRANGE);
        first.getPromise().thenRun(() -> channel.pipeline().fireChannelRead(bytes("$1\r\nb\r\n")));
        channel.writeInbound(bytes("$1\r\na\r\n"));
        assertThat(text(first, 0)).isEqualTo("a");
        assertThat(text(second, 0)).isEqualTo("b");
    }
}
