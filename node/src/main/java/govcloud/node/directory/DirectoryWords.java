package govcloud.node.directory;

import govcloud.domain.sharing.CatalogueEntry.Format;
import govcloud.domain.sharing.CatalogueEntry.Opening;
import govcloud.domain.sharing.CatalogueEntry.Quality;
import govcloud.domain.sharing.ItemType;
import govcloud.domain.sharing.Mode;
import govcloud.domain.sharing.ResourceState.Status;
import govcloud.domain.sharing.SharingClass;
import govcloud.domain.sharing.UpdateCycle;
import govcloud.node.page.Language;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words of the catalogue, as its national form has them and in English. */
final class DirectoryWords {

  private final Language language;

  DirectoryWords(Language language) {
    this.language = language;
  }

  private String say(String zh, String en) {
    return language.of(zh, en);
  }

  <T> String list(List<T> values, Function<T, String> word) {
    return values.stream().map(word).collect(Collectors.joining(say("、", ", ")));
  }

  String of(SharingClass sharing) {
    return switch (sharing) {
      case UNCONDITIONAL -> say("无条件共享", "without condition");
      case CONDITIONAL -> say("有条件共享", "conditional");
      case NOT_SHARED -> say("不予共享", "not shared");
    };
  }

  String of(Mode mode) {
    return switch (mode) {
      case QUERY -> say("接口查询", "query");
      case PREDICATE -> say("核验", "predicate");
      case SUBSCRIPTION -> say("订阅", "subscription");
      case FILE -> say("文件", "file");
      case BATCH -> say("批量", "batch");
    };
  }

  String of(UpdateCycle updates) {
    return switch (updates) {
      case REAL_TIME -> say("实时", "in real time");
      case DAILY -> say("每日", "daily");
      case WEEKLY -> say("每周", "weekly");
      case MONTHLY -> say("每月", "monthly");
      case QUARTERLY -> say("每季度", "quarterly");
      case YEARLY -> say("每年", "yearly");
    };
  }

  String of(Format format) {
    return switch (format) {
      case INTERFACE -> say("接口", "interface");
      case TABLE -> say("库表", "table");
      case FILE -> say("文件", "file");
    };
  }

  String of(Opening opening) {
    return switch (opening) {
      case OPEN -> say("开放", "open");
      case CONDITIONAL -> say("有条件开放", "conditional");
      case CLOSED -> say("不开放", "closed");
    };
  }

  String of(Quality indicator) {
    return switch (indicator) {
      case CONFORMITY -> say("规范性", "conformity");
      case COMPLETENESS -> say("完整性", "completeness");
      case ACCURACY -> say("准确性", "accuracy");
      case CONSISTENCY -> say("一致性", "consistency");
      case TIMELINESS -> say("时效性", "timeliness");
      case ACCESSIBILITY -> say("可访问性", "accessibility");
    };
  }

  String of(ItemType type) {
    return switch (type) {
      case TEXT -> say("文本", "text");
      case INTEGER -> say("整数", "whole number");
      case DECIMAL -> say("小数", "decimal");
      case BOOLEAN -> say("是否", "yes or no");
      case DATE -> say("日期", "day");
      case TIMESTAMP -> say("时间", "moment");
      case CITIZEN_NUMBER -> say("公民身份号码", "citizen number");
      case CREDIT_CODE -> say("统一社会信用代码", "credit code");
    };
  }

  String of(Status status) {
    return switch (status) {
      case VACANT -> say("未发布", "not published");
      case PUBLISHED -> say("已发布", "published");
      case WITHDRAWN -> say("已撤回", "withdrawn");
    };
  }
}
