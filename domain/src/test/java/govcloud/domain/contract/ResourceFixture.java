package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.Resource;
import govcloud.domain.sharing.ResourceCommand;
import govcloud.domain.sharing.ResourceEvent;
import govcloud.domain.sharing.ResourceState;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.SharingSamples;
import java.util.List;
import java.util.Set;

/** Traffic violations, published in two versions. */
public final class ResourceFixture
    implements AggregateFixture<ResourceCommand, ResourceEvent, ResourceState> {

  @Override
  public Resource aggregate() {
    return new Resource();
  }

  @Override
  public Class<ResourceCommand> commandType() {
    return ResourceCommand.class;
  }

  @Override
  public Class<ResourceEvent> eventType() {
    return ResourceEvent.class;
  }

  @Override
  public List<ResourceCommand> commands() {
    var items = SharingSamples.VIOLATIONS.items();
    return List.of(
        new ResourceCommand.Publish(SharingSamples.VIOLATIONS),
        new ResourceCommand.Publish(SharingSamples.with(items.subList(0, 2))),
        new ResourceCommand.Publish(
            SharingSamples.from(Provider.http("https://records.police.example/v1"))),
        new ResourceCommand.Publish(
            SharingSamples.with(SharingClass.NOT_SHARED, "《刑事诉讼法》", List.of())),
        new ResourceCommand.Publish(SharingSamples.with(SharingClass.NOT_SHARED, "", List.of())),
        new ResourceCommand.Withdraw("the register has moved"),
        new ResourceCommand.Withdraw(" "));
  }

  @Override
  public List<Actor> actors() {
    return List.of(new Actor("li", "data-officer"));
  }

  @Override
  public Set<Class<? extends ResourceCommand>> idempotent() {
    return Set.of(ResourceCommand.Publish.class, ResourceCommand.Withdraw.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("vacant", "published", "withdrawn");
  }
}
