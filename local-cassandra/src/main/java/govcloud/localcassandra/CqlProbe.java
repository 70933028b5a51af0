package govcloud.localcassandra;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Asks a port whether a Cassandra answers there, by the first two frames of the CQL protocol. */
final class CqlProbe {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int REQUEST_V4 = 0x04;
  private static final int RESPONSE_V4 = 0x84;
  private static final int STARTUP = 0x01;
  private static final int READY = 0x02;
  private static final int AUTHENTICATE = 0x03;
  private static final int OPTIONS = 0x05;
  private static final int SUPPORTED = 0x06;

  private CqlProbe() {}

  /**
   * True when OPTIONS and STARTUP are answered as the protocol demands.
   *
   * @param tls what to connect with; empty: without TLS
   */
  static boolean answers(InetSocketAddress address, Optional<SSLContext> tls) {
    try (Socket plain = new Socket()) {
      plain.connect(address, TIMEOUT_MILLIS);
      plain.setSoTimeout(TIMEOUT_MILLIS);
      return tls.isPresent() ? answers(secured(plain, address, tls.get())) : answers(plain);
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Socket secured(Socket plain, InetSocketAddress address, SSLContext tls)
      throws IOException {
    String host = address.getAddress().getHostAddress();
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(plain, host, address.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static boolean answers(Socket connected) throws IOException {
    try (Socket socket = connected) {
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      DataInputStream in = new DataInputStream(socket.getInputStream());
      send(out, OPTIONS, new byte[0]);
      if (receive(in) != SUPPORTED) {
        return false;
      }
      send(out, STARTUP, startupBody());
      int answer = receive(in);
      return answer == READY || answer == AUTHENTICATE;
    }
  }

  private static byte[] startupBody() {
    byte[] name = "CQL_VERSION".getBytes(StandardCharsets.US_ASCII);
    byte[] value = "3.0.0".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer body = ByteBuffer.allocate(6 + name.length + value.length);
    body.putShort((short) 1);
    body.putShort((short) name.length).put(name);
    body.putShort((short) value.length).put(value);
    return body.array();
  }

  private static void send(DataOutputStream out, int operation, byte[] body) throws IOException {
    out.writeByte(REQUEST_V4);
    out.writeByte(0);
    out.writeShort(0);
    out.writeByte(operation);
    out.writeInt(body.length);
    out.write(body);
    out.flush();
  }

  private static int receive(DataInputStream in) throws IOException {
    int version = in.readUnsignedByte();
    in.readUnsignedByte();
    in.readUnsignedShort();
    int operation = in.readUnsignedByte();
    in.skipNBytes(in.readInt());
    return version == RESPONSE_V4 ? operation : -1;
  }
}
