package govcloud.node.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;

/** The contract, for those who want to read it. */
public final class ContractRoutes {

  private static final ContentType YAML =
      MediaTypes.customWithFixedCharset(
              "application", "yaml", HttpCharsets.UTF_8, java.util.Map.of(), false)
          .toContentType();

  private final Contract contract;

  public ContractRoutes(Contract contract) {
    this.contract = contract;
  }

  /** Adds the operations. */
  public void register(Routes routes) {
    var yaml = contract.yaml().getBytes(StandardCharsets.UTF_8);
    var json = Json.write(contract.document());
    routes
        .on(
            "getContractYaml",
            call ->
                CompletableFuture.completedStage(
                    HttpResponse.create().withEntity(HttpEntities.create(YAML, yaml))))
        .on(
            "getContractJson",
            call ->
                CompletableFuture.completedStage(
                    HttpResponse.create()
                        .withEntity(
                            HttpEntities.create(
                                org.apache.pekko.http.javadsl.model.ContentTypes.APPLICATION_JSON,
                                json))));
  }
}
