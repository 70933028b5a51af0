package govcloud.pki;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** Two ends in one thread: what one writes the other reads, until both are through. */
final class Handshake {
  private static final int ROUNDS = 50;
  private final ByteBuffer data = ByteBuffer.allocate(1 << 16);

  private Handshake() {}

  /** Fails as the end fails that refuses. */
  static void between(SSLEngine client, SSLEngine server) throws SSLException {
    new Handshake().run(client, server);
  }

  private void run(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 17);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 17);
    client.beginHandshake();
    server.beginHandshake();
    for (int round = 0; round < ROUNDS; round++) {
      write(client, toServer);
      read(server, toServer);
      write(server, toClient);
      read(client, toClient);
      if (isThrough(client) && isThrough(server)) {
        return;
      }
    }
    throw new SSLException("no end after " + ROUNDS + " rounds");
  }

  private static boolean isThrough(SSLEngine engine) {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && !engine.getSession().getCipherSuite().endsWith("NULL_WITH_NULL_NULL");
  }

  private static void write(SSLEngine engine, ByteBuffer out) throws SSLException {
    tasks(engine);
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      engine.wrap(ByteBuffer.allocate(0), out);
      tasks(engine);
    }
  }

  private void read(SSLEngine engine, ByteBuffer in) throws SSLException {
    in.flip();
    while (in.hasRemaining() && engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
      data.clear();
      int before = in.remaining();
      engine.unwrap(in, data);
      tasks(engine);
      if (in.remaining() == before) {
        break;
      }
    }
    in.compact();
  }

  private static void tasks(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
