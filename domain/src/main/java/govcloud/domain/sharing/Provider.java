package govcloud.domain.sharing;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where the records of a resource come from.
 *
 * @param app identifier of the owner's app instance; an empty string where there is none
 * @param address where the owner's own service is asked; an empty string where there is none
 */
public record Provider(Kind kind, String app, String address) {

  private static final int LONGEST_ADDRESS = 1_024;

  public Provider {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(app, "app");
    // rows of versions before have none
    address = address == null ? "" : address;
  }

  /** Kinds of providers. */
  public enum Kind {
    /**
     * An app instance of the owner in this cloud: each case is a record, whose items are the
     * members of its form with the same names.
     */
    APP,
    /**
     * The newest file that is attached to a case of an app instance of the owner: given as it is,
     * or as a batch, where each line is a record in JSON.
     */
    FILE,
    /** A service of the owner elsewhere, which is asked over HTTPS with each query. */
    HTTP,
    /** Nothing real: records are made up, with check digits that are right. */
    MOCK;

    private boolean isInstance() {
      return this == APP || this == FILE;
    }
  }

  /** An app instance of the owner. */
  public static Provider app(String app) {
    return new Provider(Kind.APP, app, "");
  }

  /** The newest file of an app instance of the owner. */
  public static Provider file(String app) {
    return new Provider(Kind.FILE, app, "");
  }

  /** A service of the owner at an address. */
  public static Provider http(String address) {
    return new Provider(Kind.HTTP, "", address);
  }

  /** Made-up records. */
  public static Provider mock() {
    return new Provider(Kind.MOCK, "", "");
  }

  void check(String at, Faults faults) {
    if (kind.isInstance()) {
      faults.identifier(at + "/app", app);
    } else {
      faults.require(app.isEmpty(), at + "/app", Faults.quoted(app), "none, for it is no app");
    }
    var known = kind == Kind.HTTP ? isAddress() : address.isEmpty();
    // What is wrong with it may be that something secret is in it.
    faults.require(
        known,
        at + "/address",
        address.length() + " characters",
        kind == Kind.HTTP
            ? "https://host/path without user, query and fragment, at most "
                + LONGEST_ADDRESS
                + " characters"
            : "none, for it is not asked over HTTPS");
  }

  private boolean isAddress() {
    try {
      var uri = URI.create(address);
      return address.length() <= LONGEST_ADDRESS
          && "https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The provider as a document. */
  Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    document.put("kind", Words.of(kind));
    if (kind.isInstance()) {
      document.put("app", app);
    }
    if (kind == Kind.HTTP) {
      document.put("address", address);
    }
    return document;
  }
}
