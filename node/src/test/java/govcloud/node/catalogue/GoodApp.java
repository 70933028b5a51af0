package govcloud.node.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a small app without mistakes into a folder, for tests to spoil. */
final class GoodApp {

  static final String YAML =
      """
      title: {zh: 犬只登记, en: Dog licence}
      summary: {zh: 养犬登记, en: Registers dogs}
      numbering: "{area}-{yyyy}-{serial:4}"
      start: draft
      roles:
        clerk: {zh: 办事员, en: Clerk}
      clocks:
        promised:
          title: {zh: 承诺时限, en: Promised time}
          kind: promised
          working_days: 5
      documents:
        licence: {zh: 犬证, en: Licence}
      states:
        draft: {title: {zh: 草稿, en: Draft}}
        review: {title: {zh: 审查, en: Review}}
        done: {title: {zh: 办结, en: Done}, final: true}
      create:
        roles: clerk
      actions:
        apply:
          title: {zh: 申请, en: Apply}
          from: draft
          to: review
          roles: clerk
          starts: promised
        prolong:
          title: {zh: 延期, en: Prolong}
          from: review
          extends:
            - {clock: promised, days_field: days, maximum_days: 5}
        issue:
          title: {zh: 发证, en: Issue}
          from: review
          to: done
          guards:
            - when: form.dogs <= 2
              message: {zh: 最多两只, en: Two at most}
          produces: licence
      """;

  static final String FORM =
      """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "additionalProperties": false,
        "properties": {
          "dogs": {
            "type": "integer",
            "texts": {"zh": "犬只", "en": "Dogs"}
          },
          "kind": {
            "type": "string",
            "texts": {"zh": "品种", "en": "Kind"},
            "enum": ["small", "big"],
            "enum_texts": {"small": {"zh": "小", "en": "Small"}, "big": {"zh": "大", "en": "Big"}}
          }
        }
      }
      """;

  static final String DAYS =
      FORM.replace("\"dogs\"", "\"days\"").replace("犬只", "天数").replace("Dogs", "Days");

  private static final String CALENDAR =
      """
      title: {zh: 日历, en: Calendar}
      years:
        2026:
          source: none
          holidays:
            - {title: {zh: 元旦, en: New Year}, from: "2026-01-01", to: "2026-01-03"}
          make_up_days: ["2026-01-04"]
      """;

  private GoodApp() {}

  /** Writes the app {@code dog-licence} version 1 and the calendar. */
  static void write(Path folder) throws IOException {
    put(folder, "dog-licence/1/app.yaml", YAML);
    put(folder, "dog-licence/1/form.json", FORM);
    put(folder, "dog-licence/1/forms/prolong.json", DAYS);
    put(folder, "calendar/cn.yaml", CALENDAR);
  }

  /** Writes one file. */
  static void put(Path folder, String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Replaces text in a file, which must be there. */
  static void spoil(Path folder, String name, String from, String to) throws IOException {
    var text = Files.readString(folder.resolve(name));
    if (!text.contains(from)) {
      throw new IllegalArgumentException(name + ": no \"" + from + "\"");
    }
    put(folder, name, text.replace(from, to));
  }
}
