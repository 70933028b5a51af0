package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts to addresses that departments have declared: over TLS alone, following nobody elsewhere,
 * and to no machine of the cloud's own networks. It connects to the very address that it has looked
 * at, so that a name that means another machine a moment later leads nowhere.
 */
final class OutwardLine {

  private static final int HTTPS = 443;
  private static final int LONGEST_ADDRESS = 1_024;

  /** Networks of nobody's public machines, beside those that Java knows. */
  private static final List<Net> OTHERS =
      List.of(
          new Net(0x00000000, 8),
          new Net(0x64400000, 10),
          new Net(0xc0000000, 24),
          new Net(0xc0000200, 24),
          new Net(0xc6120000, 15),
          new Net(0xc6336400, 24),
          new Net(0xcb007100, 24),
          new Net(0xf0000000, 4));

  /** A network of IPv4, by its first address and how many of its bits all have. */
  private record Net(int first, int bits) {
    boolean has(int address) {
      return (address ^ first) >>> (Integer.SIZE - bits) == 0;
    }
  }

  /**
   * Reads an answer, as far as somebody wants it.
   *
   * @param <T> what is read
   */
  @FunctionalInterface
  interface Reading<T> {
    T from(InputStream in) throws IOException;
  }

  private final SSLSocketFactory tls;
  private final Set<String> privateHosts;
  private final String setting;

  /**
   * A line.
   *
   * @param privateHosts hosts that may be in a private network
   * @param setting where the operator names these
   */
  OutwardLine(SSLSocketFactory tls, Set<String> privateHosts, String setting) {
    this.tls = tls;
    this.privateHosts = Set.copyOf(privateHosts);
    this.setting = setting;
  }

  /**
   * The address that a text is.
   *
   * @throws IOException when nothing may be posted there; says why
   */
  URI require(String text) throws IOException {
    URI address;
    try {
      address = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IOException("address: not one (expected: https://host/path)", e);
    }
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new IOException("address: not https://host (expected: https alone)");
    }
    if (address.getRawUserInfo() != null
        || address.getRawQuery() != null
        || address.getRawFragment() != null
        || text.length() > LONGEST_ADDRESS) {
      throw new IOException(
          "address: with user, query or fragment, or too long (expected: https://host/path,"
              + " without secrets)");
    }
    resolve(address);
    return address;
  }

  private InetAddress resolve(URI address) throws IOException {
    var host = address.getHost();
    var found = InetAddress.getAllByName(host);
    for (var one : found) {
      if (!privateHosts.contains(host) && !isPublic(one)) {
        throw new IOException(
            "host " + host + ": loopback or private (expected: public, or in " + setting + ")");
      }
    }
    return found[0];
  }

  /** Whether an address is one of the public network. */
  static boolean isPublic(InetAddress address) {
    if (address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    var bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      var number = ByteBuffer.wrap(bytes).getInt();
      return OTHERS.stream().noneMatch(net -> net.has(number));
    }
    // Of IPv6 only what is given out to the public network, 2000::/3, without what leads on to an
    // IPv4 address inside: 2002::/16 and 2001::/32.
    return (bytes[0] & 0xe0) == 0x20 && !(bytes[0] == 0x20 && isTunnel(bytes));
  }

  private static boolean isTunnel(byte[] bytes) {
    return bytes[1] == 0x02 || (bytes[1] == 0x01 && bytes[2] == 0 && bytes[3] == 0);
  }

  /**
   * Posts to an address that was required.
   *
   * @param patience for all of it
   * @throws IOException when there is no answer in time, or the host leads inside by now
   */
  <T> T post(
      URI address, Map<String, String> headers, byte[] body, Duration patience, Reading<T> reading)
      throws IOException {
    var port = address.getPort() < 0 ? HTTPS : address.getPort();
    var millis = Math.toIntExact(patience.toMillis());
    try (var plain = new Socket()) {
      // Ends also one who sends a byte now and then.
      CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
          .execute(() -> closeQuietly(plain));
      plain.connect(new InetSocketAddress(resolve(address), port), millis);
      plain.setSoTimeout(millis);
      try (var secured = (SSLSocket) tls.createSocket(plain, address.getHost(), port, true)) {
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        var out = secured.getOutputStream();
        out.write(head(address, headers, body.length).getBytes(US_ASCII));
        out.write(body);
        out.flush();
        return reading.from(secured.getInputStream());
      }
    }
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private static String head(URI address, Map<String, String> headers, int length) {
    var path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    var text =
        new StringBuilder("POST ")
            .append(path)
            .append(" HTTP/1.1\r\nHost: ")
            .append(address.getRawAuthority())
            .append("\r\nConnection: close\r\nContent-Length: ")
            .append(length)
            .append("\r\n");
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    return text.append("\r\n").toString();
  }
}
