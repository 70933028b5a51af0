package govcloud.node.citizen;

import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.node.correction.CorrectionRoutes;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.correction.CorrectionView;
import govcloud.node.correction.Corrections;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Corrections of own values, which citizens ask for over HTTP. */
final class MyCorrectionRoutes {

  private final Accesses accesses;
  private final CorrectionTable table;
  private final Corrections corrections;
  private final Commands commands;
  private final Lists lists;

  MyCorrectionRoutes(
      Accesses accesses,
      CorrectionTable table,
      Corrections corrections,
      Commands commands,
      Lists lists) {
    this.accesses = accesses;
    this.table = table;
    this.corrections = corrections;
    this.commands = commands;
    this.lists = lists;
  }

  void register(Routes routes) {
    routes
        .on(
            "listMyCorrections",
            call ->
                lists.page(
                    call,
                    CorrectionView.NAME,
                    page -> accesses.listOf(call.actor()).thenCompose(list -> table.of(list, page)),
                    CorrectionRoutes::shape))
        .on("askMyCorrection", this::ask);
  }

  private CompletionStage<HttpResponse> ask(Call call) {
    var field = call.text("field");
    return accesses
        .find(call.actor(), call.path("office"), call.path("exchange"))
        .thenCompose(
            record ->
                corrections
                    .ask(
                        record,
                        Asker.CITIZEN,
                        field,
                        call.text("value"),
                        call.text("reason"),
                        !call.dryRun())
                    .thenCompose(
                        command ->
                            commands.change(
                                call, Corrections.id(record, Asker.CITIZEN, field), command)));
  }
}
