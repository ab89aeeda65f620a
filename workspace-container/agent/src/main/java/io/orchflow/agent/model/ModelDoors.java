package io.orchflow.agent.model;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// One socket for each attempt that may use a model. Any thread.
@Singleton
public class ModelDoors {

    /// The socket in an attempt's folder.
    public static final String SOCKET = "model.sock";

    private static final Logger LOG = Logger.getLogger(ModelDoors.class);
    private static final int MOST_WAITING = 256;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] NOBODY =
            """
            HTTP/1.1 503 Service Unavailable
            Retry-After: 1
            Content-Length: 0
            Connection: close

            """
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    /// A connection that an attempt opened and nobody has taken yet.
    ///
    /// @param since when it came, as [System#nanoTime] counts
    public record Waiting(
            String id, String swarmId, String agentId, SocketChannel channel, long since) {}

    /// Told of connections until it is closed.
    public record Listener(String swarmId, Consumer<Waiting> told, Runnable ended) {}

    private final Duration patience;
    private final Map<String, ServerSocketChannel> doors = new ConcurrentHashMap<>();
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Listener> listeners = new ConcurrentHashMap<>();

    public ModelDoors() {
        this(PATIENCE);
    }

    ModelDoors(Duration patience) {
        this.patience = patience;
    }

    /// Opens the door in an attempt's folder; what was left there by a former life is replaced.
    ///
    /// @param reach a short path that is free: a socket's address has at most 107 bytes
    public void open(String agentId, String swarmId, Path folder, Path reach) throws IOException {
        Path socket = folder.resolve(SOCKET);
        Files.deleteIfExists(socket);
        ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        Files.createSymbolicLink(reach, folder.toAbsolutePath());
        try {
            door.bind(UnixDomainSocketAddress.of(reach.resolve(SOCKET)), MOST_WAITING);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
        } catch (IOException | RuntimeException e) {
            door.close();
            throw e;
        } finally {
            Files.delete(reach);
        }
        ServerSocketChannel former = doors.put(agentId, door);
        if (former != null) {
            former.close();
        }
        Thread.ofVirtual().name("model-" + agentId).start(() -> accept(door, agentId, swarmId));
    }

    /// Nothing more comes from an attempt; what was taken goes on to its own end.
    public void close(String agentId) {
        ServerSocketChannel door = doors.remove(agentId);
        if (door != null) {
            quietly(door);
        }
        List<Waiting> left =
                waiting.values().stream().filter(one -> one.agentId().equals(agentId)).toList();
        left.forEach(one -> take(one.id()).ifPresent(ModelDoors::quietly));
    }

    private void accept(ServerSocketChannel door, String agentId, String swarmId) {
        while (true) {
            try {
                SocketChannel channel = door.accept();
                var one =
                        new Waiting(
                                UUID.randomUUID().toString(),
                                swarmId,
                                agentId,
                                channel,
                                System.nanoTime());
                waiting.put(one.id(), one);
                Thread.ofVirtual().start(() -> giveUp(one));
                Listener listener = listeners.get(swarmId);
                if (listener != null) {
                    listener.told().accept(one);
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.warnf("a model connection was lost, agentId=%s reason=%s", agentId, e);
                if (!door.isOpen()) {
                    return;
                }
            }
        }
    }

    /// Answers by itself where nobody takes the connection in time.
    private void giveUp(Waiting one) {
        try {
            Thread.sleep(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        take(one.id())
                .ifPresent(
                        channel -> {
                            try (channel) {
                                channel.write(ByteBuffer.wrap(NOBODY));
                            } catch (IOException e) {
                                LOG.debugf("nobody waited, agentId=%s", one.agentId());
                            }
                        });
    }

    /// The connection, for the first who asks.
    public Optional<SocketChannel> take(String connectionId) {
        return Optional.ofNullable(waiting.remove(connectionId)).map(Waiting::channel);
    }

    /// From now on this listener is told, of connections that wait already too; the swarm's former
    /// one is ended.
    public void listen(Listener listener) {
        Listener former = listeners.put(listener.swarmId(), listener);
        if (former != null) {
            former.ended().run();
        }
        new ArrayList<>(waiting.values())
                .stream()
                        .filter(one -> one.swarmId().equals(listener.swarmId()))
                        .forEach(listener.told());
    }

    public void unlisten(Listener listener) {
        listeners.remove(listener.swarmId(), listener);
    }

    @PreDestroy
    void closeAll() {
        doors.keySet().forEach(this::close);
    }

    public static void quietly(java.nio.channels.Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debugf("not closed: %s", e.getMessage());
        }
    }
}
