package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.output.Column;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.salvage.Salvage;
import govcloud.recovery.salvage.SalvageSearch;
import govcloud.recovery.salvage.SavedSlice;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Is everything there, and as it was signed? */
@Command(
    name = "verify",
    description = {
      "Check every file of the replica, without any key.",
      "Signatures, chunks, chains, manifests, receipts, cuts and countersignatures: names every",
      "defect by file and byte, goes on with the rest, and says what can still be saved."
    },
    footer = {
      "recover verify --archive /srv/received",
      "recover verify --archive /srv/received --fingerprint 0c65...34 -o json",
      "recover verify --archive s3://replica/harbour --endpoint https://store.example \\",
      "    --credentials-file /etc/govcloud/store --cards cards"
    })
final class VerifyCommand extends RecoveryTask {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("DEFECT", "defect"),
          Column.of("FILE", "file"),
          Column.of("FROM", "from"),
          Column.of("TO", "to"),
          Column.of("DETAIL", "detail"));

  @Mixin private ArchiveOptions archive;

  @Override
  ExitCode run() throws RecoveryException, ArchiveStoreException, KeyException {
    ArchiveOptions.Opened opened = archive.open(terminal());
    ReplicaTrust trust = opened.cards().trust();
    ReplicaReport report =
        new ReplicaVerifier(opened.store(), opened.blobs(), trust).verify(ReplicaAnchor.NONE);
    Salvage salvage = SalvageSearch.of(opened.store(), trust, report);
    ObjectNode result = document(report, salvage);
    switch (output().format()) {
      case table -> say(report, salvage, result);
      case json -> output().one(result, List.of());
      case jsonl -> output().line(result);
    }
    return report.isSound() ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private static ObjectNode document(ReplicaReport report, Salvage salvage) {
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("sound", report.isSound());
    result.put("segments", report.segments()).put("records", report.records());
    result.put("receipts", report.receipts()).put("manifests", report.manifests());
    report.provedCuts().forEach(result.putArray("proved_cuts")::add);
    ArrayNode findings = result.putArray("findings");
    report.findings().forEach(finding -> findings.add(item(finding)));
    ObjectNode saved = result.putObject("can_be_saved");
    saved.put("everything", salvage.isEverything());
    salvage.wholeCut().ifPresent(cut -> saved.put("whole_cut", cut));
    ArrayNode slices = saved.putArray("slices");
    for (SavedSlice slice : salvage.slices()) {
      slices
          .addObject()
          .put("slice", slice.slice())
          .put("up_to_segment", slice.whole())
          .put("last_segment", slice.last())
          .put("records", slice.records());
    }
    ArrayNode tenants = saved.putArray("touched_tenants");
    salvage
        .tenants()
        .forEach(
            tenant ->
                tenants
                    .addObject()
                    .put("pseudonym", tenant.tenant())
                    .put("records_damaged", tenant.damaged())
                    .put("records_behind", tenant.behind()));
    salvage.unreadable().forEach(saved.putArray("unreadable")::add);
    return result;
  }

  private static ObjectNode item(Finding finding) {
    ObjectNode item = Json.mapper().createObjectNode();
    item.put("defect", finding.defect().name()).put("file", finding.name());
    ArchiveName.parse(finding.name()).ifPresent(name -> item.put("slice", name.slice()));
    if (!finding.isWhole()) {
      item.put("from", finding.from()).put("to", finding.to());
    }
    return item.put("detail", finding.detail());
  }

  private void say(ReplicaReport report, Salvage salvage, ObjectNode result) {
    if (!report.isSound()) {
      List<JsonNode> items = new ArrayList<>();
      result.get("findings").forEach(items::add);
      output().list(items, COLUMNS);
    }
    output()
        .one(
            result,
            List.of(
                Column.of("sound", "sound"),
                Column.of("segments right", "segments"),
                Column.of("records in them", "records"),
                Column.of("receipts right", "receipts"),
                Column.of("manifests right", "manifests"),
                Column.of("cuts proved", "proved_cuts")));
    if (salvage.isEverything()) {
      terminal()
          .say(
              report.isSound()
                  ? "Everything is there, and as it was signed."
                  : "No record is lost: the defects are in what proves the segments.");
      return;
    }
    sayWhatIsLeft(salvage);
  }

  private void sayWhatIsLeft(Salvage salvage) {
    terminal()
        .say(
            salvage.wholeCut().isPresent()
                ? "Can be saved: the whole cloud up to cut %d, proved (restore --cut %d)."
                    .formatted(salvage.wholeCut().getAsLong(), salvage.wholeCut().getAsLong())
                : "Can be saved: no whole cut is left.");
    for (SavedSlice slice : salvage.slices()) {
      if (!slice.isWhole()) {
        terminal()
            .say(
                "Slice %d: right up to segment %d of %d (%,d records)."
                    .formatted(slice.slice(), slice.whole(), slice.last(), slice.records()));
      }
    }
    String whole =
        salvage.slices().stream()
            .filter(SavedSlice::isWhole)
            .map(slice -> Integer.toString(slice.slice()))
            .collect(Collectors.joining(", "));
    terminal().say("Slices without damage: " + (whole.isEmpty() ? "none" : whole) + ".");
    salvage
        .tenants()
        .forEach(
            tenant ->
                terminal()
                    .say(
                        "Tenant %s: %,d records damaged, %,d behind them."
                            .formatted(tenant.tenant(), tenant.damaged(), tenant.behind())));
    if (!salvage.unreadable().isEmpty()) {
      terminal()
          .say("Whose records these had is not known: " + String.join(", ", salvage.unreadable()));
    }
  }
}
