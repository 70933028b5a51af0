package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A case {@code transport/permits/c-1}, because of which its clerk may ask others. */
record RenewalCase(Entities entities) {

  /** Number of the applicant. */
  static final String DRIVER = "999999199001010017";

  /** A new one, which the clerk {@code zhang-san} works on. */
  static RenewalCase open(Entities entities) {
    var opened = new RenewalCase(entities);
    var form =
        "{\"project_name\":\"p\",\"task_name\":\"t\",\"task_type\":\"licence\","
            + "\"project_type\":\"promise\",\"applyer_name\":\"王小明\","
            + "\"applyer_type\":\"natural-person\"}";
    opened.tell(
        new CaseCommand.Create(
            "transport",
            "permits",
            "administrative-approval",
            1,
            "330100-1",
            "营运车辆年审",
            new Applicant("王小明", "person", "identity-card", DRIVER),
            form,
            Map.of(),
            Optional.empty()));
    opened.assign("zhang-san");
    return opened;
  }

  /** Gives it to a clerk. */
  void assign(String clerk) {
    tell(new CaseCommand.Assign(clerk));
  }

  private void tell(CaseCommand command) {
    var answer =
        entities
            .ask(
                "case/transport/permits/c-1",
                Request.of(command, new Actor("zhang-san", "window-clerk")))
            .toCompletableFuture()
            .join();
    assertThat(answer.refused()).isEmpty();
  }

  /** A query because of the case, under an agreement of the department that has it. */
  static Message message(
      String agreement,
      Actor actor,
      String subject,
      List<String> fields,
      String id,
      String nonce,
      String requestHash) {
    return new Message(
        "transport",
        agreement,
        actor,
        "permits",
        "c-1",
        subject,
        "person",
        fields,
        Map.of(),
        id,
        nonce,
        requestHash,
        Optional.empty(),
        false,
        false,
        Optional.empty());
  }
}
