package govcloud.node.identity;

import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import govcloud.node.http.Call;
import govcloud.node.http.Door;
import govcloud.node.http.Visit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/**
 * Who looks at a page and presses its buttons. Pages are open operations, because a stranger is led
 * to the sign-in; what they show and do is asked of the door like any other operation.
 */
public final class PageGuests {

  private final Supplier<Door> door;
  private final ClassicActorSystemProvider system;

  /**
   * Guests.
   *
   * @param door of the API; asked for once the routes are there
   */
  public PageGuests(Supplier<Door> door, ClassicActorSystemProvider system) {
    this.door = door;
    this.system = system;
  }

  /** A button that was pressed, by whom, with the fields of its form. */
  public record Pressed(Actor actor, Map<String, String> fields) {

    /** A field, or an empty string. */
    public String text(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  /** Who looks, if that one may ask for {@code operation}; fails with a problem. */
  public CompletionStage<Actor> looks(Call call, String operation) {
    return enter(call, call.request(), operation);
  }

  /** Who looks, if that one may see the page; fails with a problem. */
  public CompletionStage<Actor> looks(Call call, OwnPage page) {
    return page.operations().stream()
        .map(operation -> (Supplier<CompletionStage<Actor>>) () -> looks(call, operation))
        .reduce((one, next) -> () -> one.get().thenCompose(actor -> next.get()))
        .orElseThrow()
        .get();
  }

  /** Who presses a button of {@code operation}, and that a page of ours has it; else a problem. */
  public CompletionStage<Pressed> presses(Call call, String operation) {
    return CompletableFuture.completedStage(call.request())
        .thenCompose(request -> Form.of(request, system))
        .thenCompose(
            form ->
                enter(
                        call,
                        call.request().addHeader(RawHeader.create(Csrf.HEADER, form.text("csrf"))),
                        operation)
                    .thenApply(actor -> new Pressed(actor, form.fields())));
  }

  /** The word that a form of the page has to carry in its field {@code csrf}. */
  public static String word(Call call) {
    return SessionCookie.of(call.request()).map(Csrf::word).orElse("");
  }

  private CompletionStage<Actor> enter(Call call, HttpRequest request, String operation) {
    return CompletableFuture.completedStage(request)
        .thenCompose(one -> door.get().open(one))
        .thenApply(
            guest -> {
              var named =
                  Optional.of(call.actor()).filter(actor -> !actor.role().equals(Roles.VISITOR));
              var actor = guest.enter(operation, Optional.empty(), named);
              Visit.of(call.request()).isBy(actor);
              return actor;
            });
  }
}
