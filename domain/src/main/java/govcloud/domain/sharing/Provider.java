package govcloud.domain.sharing;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where the records of a resource come from.
 *
 * @param app identifier of the owner's app instance; of a mock an empty string
 */
public record Provider(Kind kind, String app) {

  public Provider {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(app, "app");
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
    /** Nothing real: records are made up, with check digits that are right. */
    MOCK
  }

  /** An app instance of the owner. */
  public static Provider app(String app) {
    return new Provider(Kind.APP, app);
  }

  /** The newest file of an app instance of the owner. */
  public static Provider file(String app) {
    return new Provider(Kind.FILE, app);
  }

  /** Made-up records. */
  public static Provider mock() {
    return new Provider(Kind.MOCK, "");
  }

  void check(String at, Faults faults) {
    if (kind != Kind.MOCK) {
      faults.identifier(at + "/app", app);
    } else {
      faults.require(app.isEmpty(), at + "/app", Faults.quoted(app), "none for a mock");
    }
  }

  /** The provider as a document. */
  Map<String, Object> document() {
    var document = new HashMap<String, Object>();
    document.put("kind", Words.of(kind));
    if (kind != Kind.MOCK) {
      document.put("app", app);
    }
    return document;
  }
}
