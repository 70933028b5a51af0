package govcloud.cli.xes;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.api.ActingAs;
import govcloud.cli.api.ApiAnswer;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.api.Pages;

/** The app instance that traces go into or come from. */
record ApiTarget(ApiClient api, String tenant, String app) {
  private static final String IMPORTER = "importer";

  String cases() {
    return ApiRequest.path("v1", "tenants", tenant, "apps", app, "cases");
  }

  private String path(String caseId) {
    return cases() + ApiRequest.path(caseId);
  }

  /** All cases, as the list knows them. */
  Iterable<JsonNode> list() {
    return Pages.of(api, ApiRequest.get(cases()).with("page_size", "1000"));
  }

  JsonNode read(String caseId) {
    return api.send(ApiRequest.get(path(caseId))).body();
  }

  Iterable<JsonNode> history(String caseId) {
    return Pages.of(api, ApiRequest.get(path(caseId) + "/history").with("page_size", "1000"));
  }

  ApiAnswer create(CaseDraft draft, JsonNode body) {
    return api.send(
        ApiRequest.change("PUT", path(draft.caseId()), draft.idempotencyKey(), body)
            .withHeader(ApiRequest.ACTING_AS, ActingAs.header(IMPORTER, IMPORTER)));
  }

  ApiAnswer act(String caseId, String action, CaseDraft.EventDraft event) {
    String path = path(caseId) + ApiRequest.path("actions", action);
    return api.send(
        ApiRequest.change("POST", path, event.idempotencyKey(), event.body())
            .withHeader(ApiRequest.ACTING_AS, ActingAs.header(event.person(), IMPORTER)));
  }

  ApiAnswer deviate(String caseId, CaseDraft.EventDraft event, JsonNode body) {
    return api.send(
        ApiRequest.change("POST", path(caseId) + "/deviations", event.idempotencyKey() + "-d", body)
            .withHeader(ApiRequest.ACTING_AS, ActingAs.header(event.person(), IMPORTER)));
  }
}
