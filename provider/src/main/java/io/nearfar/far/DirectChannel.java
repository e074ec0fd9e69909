package io.nearfar.far;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisConnection;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandPubSubDecoder;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.QueueCommandHolder;

/**
 * The end of a connection where our own commands are written and their replies read, past Redisson's encoder and decoder. What waits
 * to be written when the connection's thread comes to it goes out at once. What Redisson sends itself, and replies that are not of the
 * usual kind, are left to Redisson, which finds our commands among its own.
 */
final class DirectChannel extends CommandDecoder implements Runnable {
    private static final AttributeKey<DirectChannel> KEY = AttributeKey.valueOf(DirectChannel.class.getName());

    /** So many are written before it is another connection's turn. */
    private static final int MOST_AT_ONCE = 256;

    private final Channel channel;
    private final Queue<DirectCommand> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();
    private @Nullable ByteBuf unfinished;
    private boolean isBroken;

    private DirectChannel(Channel channel, String scheme) {
        super(scheme);
        this.channel = channel;
    }

    /** Returns what puts one of these in the place of each decoder of replies that Redisson makes. */
    static NettyHook hook(String scheme) {
        return new NettyHook() {
            @Override
            public void afterBoostrapInitialization(Bootstrap bootstrap) {
                // it is well as it is
            }

            @Override
            public void afterChannelInitialization(Channel channel) {
                CommandDecoder decoder = channel.pipeline().get(CommandDecoder.class);
                if (!(decoder instanceof CommandPubSubDecoder)) {
                    DirectChannel direct = new DirectChannel(channel, scheme);
                    channel.pipeline().replace(decoder, null, direct);
                    channel.attr(KEY).set(direct);
                }
            }
        };
    }

    /** Returns the one of a connection. */
    static DirectChannel of(RedisConnection connection) {
        return connection.getChannel().attr(KEY).get();
    }

    /** Has the connection's thread write a command; if it has ended, or the connection has, that goes elsewhere. */
    void send(DirectCommand command) {
        waiting.add(command);
        wake();
    }

    private void wake() {
        if (!due.compareAndSet(false, true)) {
            return;
        }
        try {
            channel.eventLoop().execute(this);
        } catch (RejectedExecutionException e) { // closed
            due.set(false);
            for (DirectCommand late = waiting.poll(); late != null; late = waiting.poll()) {
                late.sendElsewhere();
            }
        }
    }

    /** Writes what waits. */
    @Override
    public void run() {
        due.set(false); // first, so that what comes from now on has this run again
        RedisConnection connection = RedisConnection.getFrom(channel);
        boolean isOpen = channel.isActive() && !connection.isClosed() && !connection.isClosedIdle();
        connection.setLastUsageTime(System.nanoTime());
        try {
            DirectCommand next;
            for (int i = 0; i < MOST_AT_ONCE && (next = waiting.poll()) != null; i++) {
                pass(next, isOpen);
            }
        } finally {
            channel.flush();
        }
        if (!waiting.isEmpty()) {
            wake(); // after the other connections of this thread
        }
    }

    private void pass(DirectCommand command, boolean isOpen) {
        if (command.getPromise().isDone()) {
            return; // given up
        } else if (isOpen) {
            write(command);
        } else {
            command.sendElsewhere();
        }
    }

    private void write(DirectCommand command) {
        RespWriter text = command.text();
        ByteBuf bytes = Unpooled.wrappedBuffer(text.bytes(), 0, text.size());
        ChannelPromise written = channel.newPromise();
        written.addListener(command);
        underWay().add(new QueueCommandHolder(command, written));
        channel.write(bytes, written);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (isBroken) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof ByteBuf bytes && actualReadableBytes() == 0) {
            read(context, bytes);
        } else {
            super.channelRead(context, message); // Redisson is within a reply
        }
    }

    private void read(ChannelHandlerContext context, ByteBuf bytes) throws Exception {
        ByteBuf in = null;
        int left;
        try {
            in = unfinished == null ? bytes : MERGE_CUMULATOR.cumulate(context.alloc(), unfinished, bytes);
            unfinished = null;
            left = answerAll(in);
        } catch (Throwable e) { // nobody knows any more which command is answered next
            isBroken = true;
            ReferenceCountUtil.release(in);
            context.close();
            throw e;
        }
        if (left == RespReader.OTHER) {
            super.channelRead(context, in);
        } else if (left == RespReader.UNFINISHED) {
            unfinished = in.refCnt() == 1 ? in.discardSomeReadBytes() : in;
        } else {
            in.release();
        }
    }

    /** Answers our commands until there is nothing left, a part of a reply, or something that is for Redisson. */
    private int answerAll(ByteBuf in) {
        while (in.isReadable()) {
            QueueCommandHolder first = underWay().peek();
            if (first == null || !(first.getCommand() instanceof DirectCommand command)) {
                return RespReader.OTHER;
            }
            int ends = RespReader.end(in);
            if (ends < 0) {
                return ends;
            }
            Object reply = command.isExecuted() ? null : RespReader.take(in);
            in.readerIndex(ends);
            underWay().poll();
            command.answer(reply);
        }
        return 0;
    }

    private Queue<QueueCommandHolder> underWay() {
        return channel.attr(CommandsQueue.COMMANDS_QUEUE).get();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        release();
        super.channelInactive(context);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        release();
    }

    private void release() {
        ReferenceCountUtil.release(unfinished);
        unfinished = null;
    }
}
