package govcloud.node.casework;

import govcloud.domain.casework.Case;
import govcloud.node.NodeContext;
import govcloud.node.app.RunningApps;
import govcloud.node.attachment.Attachments;
import govcloud.node.catalogue.FormValidator;
import govcloud.node.catalogue.JsonFormReader;
import govcloud.node.http.Commands;
import govcloud.node.http.Lists;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.tenant.Allowances;

/** Puts together what the routes of cases need. */
public final class CaseDesk {

  private CaseDesk() {}

  /** The routes of cases. */
  public static CaseRoutes routes(
      NodeContext context,
      Commands commands,
      Lists lists,
      CaseTable table,
      ActiveTenants tenants,
      RunningApps apps,
      Allowances allowances,
      Attachments attachments) {
    var forms =
        new CaseForms(
            context.catalogue(), new FormValidator(context.catalogue()), context.entities());
    var cases = new SealedCases(context.personal(), context.catalogue());
    return new CaseRoutes(
        commands,
        lists,
        table,
        tenants,
        apps,
        forms,
        attachments,
        new CaseCreation(commands, tenants, apps, allowances, forms, cases),
        cases,
        new CaseJson(
            context.catalogue(),
            new Case(context.catalogue(), new JsonFormReader()),
            context.clock()));
  }
}
