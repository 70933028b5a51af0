package govcloud.node.http;

import govcloud.node.tls.NodeTls;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * The names under which this node answers: whoever leads a browser here under a name of his own
 * (DNS rebinding), or poisons what is made from the name, gets nothing.
 */
final class Hosts {

  /** Kinds of alternative names in certificates (RFC 5280). */
  private static final int DNS = 2;

  private static final int ADDRESS = 7;

  private static final Set<String> LOOPBACK = Set.of("localhost", "0:0:0:0:0:0:0:1");

  /** An address of the sixth version, which is not looked up anywhere. */
  private static final Pattern SIXTH = Pattern.compile("(?=.*:)[0-9a-f:][0-9a-f:.]*");

  private final Set<String> own;
  private final Supplier<X509Certificate> certificate;
  private volatile Shown shown = new Shown(null, Set.of());

  /** The names of a certificate. */
  private record Shown(X509Certificate certificate, Set<String> names) {}

  /**
   * Names of the settings, the loopback ones, and of the certificate as it is shown now.
   *
   * @param certificate gives null where there is none
   */
  Hosts(List<String> own, Supplier<X509Certificate> certificate) {
    this.own = new HashSet<>();
    own.forEach(name -> this.own.add(plain(name)));
    this.certificate = certificate;
  }

  /** The names of a node. */
  static Hosts of(ActorSystem<?> system, HttpSettings settings) {
    var names = new ArrayList<>(settings.hosts());
    names.add(settings.host());
    names.addAll(addresses());
    var publicAddress = system.settings().config().getString("govcloud.identity.public-address");
    if (!publicAddress.isEmpty()) {
      names.add(URI.create(publicAddress).getHost());
    }
    var tls = NodeTls.of(system).http();
    return new Hosts(names, () -> tls.map(door -> door.certificate()).orElse(null));
  }

  /** Of this machine: nobody can lead a browser here by an address, which is no name of his. */
  private static List<String> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getHostAddress)
          .map(address -> address.replaceFirst("%.*", ""))
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException("the addresses of this machine are not readable", e);
    }
  }

  /** Fails with a problem when a request is for another host. */
  void require(HttpRequest request) {
    var name = request.getUri().getHost().address();
    if (!isServed(name)) {
      throw Problem.of(
              BorderCode.HOST_NOT_SERVED,
              "Host: "
                  + printable(name)
                  + " (expected: a name of this cloud, such as one of its"
                  + " certificate or of govcloud.http.hosts)")
          .asException();
    }
  }

  /** Whether a name without port is one of those under which this node answers. */
  boolean isServed(String asked) {
    var name = plain(asked);
    if (LOOPBACK.contains(name) || isLoopback(name) || own.contains(name)) {
      return true;
    }
    var names = shownNow();
    var dot = name.indexOf('.');
    return names.contains(name) || (dot > 0 && names.contains("*" + name.substring(dot)));
  }

  /** 127.0.0.0/8, as text: nothing is looked up here. */
  private static boolean isLoopback(String name) {
    if (!name.startsWith("127.")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      var c = name.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  /** It is the same object until another file was read; comparing its bytes would cost more. */
  @SuppressWarnings("ReferenceEquality")
  private Set<String> shownNow() {
    var now = certificate.get();
    var known = shown;
    if (known.certificate() != now) {
      known = new Shown(now, now == null ? Set.of() : names(now));
      shown = known;
    }
    return known.names();
  }

  private static Set<String> names(X509Certificate certificate) {
    var names = new HashSet<String>();
    try {
      var alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (var alternative : alternatives) {
          if (alternative.get(0).equals(DNS) || alternative.get(0).equals(ADDRESS)) {
            names.add(plain((String) alternative.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      throw new IllegalStateException("the own certificate: its names are not readable", e);
    }
    return names;
  }

  private static String plain(String name) {
    var low = name.toLowerCase(Locale.ROOT);
    if (low.indexOf(':') >= 0) {
      return address(low);
    }
    return low.endsWith(".") ? low.substring(0, low.length() - 1) : low;
  }

  /** One address of the sixth version has many spellings. */
  private static String address(String name) {
    var text = name.replaceAll("^\\[|\\]$", "");
    try {
      return SIXTH.matcher(text).matches() ? InetAddress.getByName(text).getHostAddress() : text;
    } catch (UnknownHostException e) {
      return text;
    }
  }

  private static String printable(String name) {
    var text = name.replaceAll("[^!-~]", "?");
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
