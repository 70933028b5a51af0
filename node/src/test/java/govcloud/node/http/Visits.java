package govcloud.node.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RemoteAddress;

/** Visits that have not come over a border. */
public final class Visits {

  private Visits() {}

  /** Somebody who comes from an address. */
  public static Visit from(String address) {
    try {
      var remote = RemoteAddress.create(InetAddress.getByName(address));
      var request =
          HttpRequest.POST("/v1/sessions").addAttribute(AttributeKeys.remoteAddress, remote);
      return Visit.of(Visit.begin(request, "/v1/sessions", "0".repeat(32)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }
}
