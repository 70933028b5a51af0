package govcloud.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Everything that the demo data consists of, as requests to be sent.
 *
 * @param tenants departments with their apps and cases
 */
record DemoPlan(List<Tenant> tenants) {

  DemoPlan {
    tenants = List.copyOf(tenants);
  }

  /**
   * A department.
   *
   * @param body of its registration
   * @param fate activate, suspend afterwards, or leave as registered
   */
  record Tenant(String id, ObjectNode body, Fate fate, List<App> apps) {
    Tenant {
      apps = List.copyOf(apps);
    }
  }

  /** What becomes of a department or an app. */
  enum Fate {
    /** It works. */
    WORKS,
    /** It waits for the operator. */
    WAITS,
    /** It was stopped for a time. */
    SUSPENDED,
    /** It was turned down. */
    REFUSED
  }

  /**
   * A rented app.
   *
   * @param body of the application
   * @param applicant who applies; somebody else approves
   */
  record App(String id, ObjectNode body, String applicant, Fate fate, List<Case> cases) {
    App {
      cases = List.copyOf(cases);
    }

    private App withCases(int most) {
      return new App(id, body, applicant, fate, cases.subList(0, Math.min(most, cases.size())));
    }
  }

  /**
   * A case and how far it has come.
   *
   * @param daysAgo when it began; 0 means now, and then its steps are taken without a given time
   * @param files what the applicant hands in
   */
  record Case(
      String id,
      ObjectNode body,
      Worker creator,
      double daysAgo,
      List<DemoFiles.DemoFile> files,
      List<Step> steps) {
    Case {
      files = List.copyOf(files);
      steps = List.copyOf(steps);
    }
  }

  /** Somebody in a role. */
  record Worker(String person, String role) {}

  /**
   * One request about a case.
   *
   * @param target path below the case, such as {@code actions/accept}
   * @param daysAgo when it happened; never before the step before it
   */
  record Step(String target, ObjectNode body, Worker worker, double daysAgo) {}

  /**
   * The same with so many cases of each app at most; what is left is as it is in the whole plan.
   */
  DemoPlan withCases(int most) {
    return new DemoPlan(
        tenants.stream()
            .map(
                tenant ->
                    new Tenant(
                        tenant.id(),
                        tenant.body(),
                        tenant.fate(),
                        tenant.apps().stream().map(app -> app.withCases(most)).toList()))
            .toList());
  }

  /** How many requests there are at most. */
  int requests() {
    int requests = 0;
    for (Tenant tenant : tenants) {
      requests += 3;
      for (App app : tenant.apps()) {
        requests += 3;
        for (Case one : app.cases()) {
          requests += 1 + 2 * one.files().size() + one.steps().size();
        }
      }
    }
    return requests;
  }
}
