package govcloud.domain.sharing;

import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.sharing.ResourceState.Status;
import java.util.Locale;

/** What a department shares, in versions on which others can rely. */
public final class Resource implements Aggregate<ResourceCommand, ResourceEvent, ResourceState> {

  @Override
  public String type() {
    return "resource";
  }

  @Override
  public String status(ResourceState state) {
    return state.status().name().toLowerCase(Locale.ROOT);
  }

  @Override
  public ResourceState initial() {
    return ResourceState.VACANT;
  }

  @Override
  public Decision<ResourceEvent> decide(
      ResourceState state, ResourceCommand command, Context context) {
    if (command instanceof ResourceCommand.Publish c) {
      return publish(state, c.content(), context);
    } else if (command instanceof ResourceCommand.Withdraw c) {
      return withdraw(state, c.reason(), context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private static Decision<ResourceEvent> publish(
      ResourceState state, DataResource content, Context context) {
    if (state.status() == Status.WITHDRAWN) {
      return Decision.refuse(
          ResourceRefusal.RESOURCE_WITHDRAWN, "resource: withdrawn (expected: not yet)");
    }
    var faults = content.faults();
    if (!faults.isEmpty()) {
      return Faults.refuse(faults);
    }
    var before = state.newest();
    if (before.isPresent()) {
      if (before.get().content().equals(content)) {
        return Decision.accept();
      }
      var breaks = content.breaks(before.get().content());
      if (!breaks.isEmpty()) {
        return Faults.refuse(breaks);
      }
    }
    return Decision.accept(
        new ResourceEvent.Published(
            state.versions().size() + 1, content, content.address(), context.now()));
  }

  private static Decision<ResourceEvent> withdraw(
      ResourceState state, String reason, Context context) {
    if (state.status() == Status.VACANT) {
      return Decision.refuse(
          ResourceRefusal.RESOURCE_NOT_FOUND, "resource: vacant (expected: published before)");
    }
    if (!Faults.isText(reason, Faults.LONGEST_TEXT)) {
      return Decision.refuse(
          ResourceRefusal.RESOURCE_TEXT_INVALID,
          Faults.badText("reason", reason, Faults.LONGEST_TEXT));
    }
    return state.status() == Status.WITHDRAWN
        ? Decision.accept()
        : Decision.accept(new ResourceEvent.Withdrawn(reason, context.now()));
  }

  @Override
  public ResourceState evolve(ResourceState state, ResourceEvent event) {
    return state.after(event);
  }
}
