// Limits of memory and processors from cgroups (v1, v2 and both at once), as the image's runtime asks for them.
// A limit holds for a group and all below it: the least one on the way to the root counts.
#define _GNU_SOURCE
#include <limits.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define VERSION 240100
enum { NOT_CONTAINERIZED, CONTAINERIZED, TOO_OLD, TOO_NEW };

// Folders of the process's own groups; empty where there is none.
static char memory_group[PATH_MAX], memory_root[PATH_MAX], cpu_group[PATH_MAX], cpu_root[PATH_MAX];
static bool memory_v2, cpu_v2;

static bool has_word(const char *list, const char *word) {
  size_t length = strlen(word);
  for (const char *at = list; (at = strstr(at, word)); at += length) {
    if ((at == list || at[-1] == ',') && (at[length] == 0 || at[length] == ',')) return true;
  }
  return false;
}

// Where the hierarchy of a controller (or, with NULL, of cgroup v2) is mounted.
static bool mounted(const char *controller, char *root) {
  FILE *file = fopen("/proc/self/mountinfo", "re");
  if (!file) return false;
  char line[8192];
  bool found = false;
  while (!found && fgets(line, sizeof line, file)) {
    char point[PATH_MAX], type[64], options[1024];
    char *rest = strstr(line, " - ");
    if (!rest || sscanf(line, "%*s %*s %*s %*s %4095s", point) != 1) continue;
    if (sscanf(rest, " - %63s %*s %1023s", type, options) != 2) continue;
    found = controller ? !strcmp(type, "cgroup") && has_word(options, controller) : !strcmp(type, "cgroup2");
    if (found) strcpy(root, point);
  }
  fclose(file);
  return found;
}

// The process's group of a controller; inside a container its path often is not there, then the root is its group.
static void find_group(const char *controller, char *root, char *group, bool *v2) {
  group[0] = 0;
  *v2 = false;
  char path_v1[PATH_MAX] = "", path_v2[PATH_MAX] = "";
  FILE *file = fopen("/proc/self/cgroup", "re");
  if (!file) return;
  char line[8192];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = 0;
    char *controllers = strchr(line, ':');
    char *path = controllers ? strchr(controllers + 1, ':') : NULL;
    if (!path) continue;
    *controllers++ = 0;
    *path++ = 0;
    if (strlen(path) >= PATH_MAX) continue;
    if (!strcmp(line, "0") && !*controllers) strcpy(path_v2, path);
    else if (has_word(controllers, controller)) strcpy(path_v1, path);
  }
  fclose(file);
  const char *path = path_v1;
  if (!mounted(controller, root)) {
    if (!mounted(NULL, root)) return;
    path = path_v2;
    *v2 = true;
  }
  if (strlen(root) + strlen(path) >= PATH_MAX) return;
  sprintf(group, "%s%s", root, path);
  if (access(group, X_OK) != 0) strcpy(group, root);
}

static bool read_line(const char *folder, const char *name, char *line, int size) {
  char path[PATH_MAX + 64];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "re");
  if (!file) return false;
  bool read = fgets(line, size, file) != NULL;
  fclose(file);
  return read;
}

// A file's number: -1 where it is missing, or says that there is no limit.
static long number(const char *folder, const char *name) {
  char line[128];
  if (!*folder || !read_line(folder, name, line, sizeof line) || !strncmp(line, "max", 3)) return -1;
  unsigned long long value = strtoull(line, NULL, 10);
  // Version 1 writes a number near 2^63 for "no limit".
  return value >= (1ULL << 60) ? -1 : (long)value;
}

// Calls once for each group from the process's own up to the root.
static void upwards(const char *group, const char *root, void (*each)(const char *folder, void *state), void *state) {
  char folder[PATH_MAX];
  if (!*group) return;
  strcpy(folder, group);
  while (true) {
    each(folder, state);
    char *slash = strrchr(folder, '/');
    if (!strcmp(folder, root) || !slash || strlen(folder) <= strlen(root)) return;
    *slash = 0;
  }
}

struct least {
  const char *name;
  long value;
};

static void take_least(const char *folder, void *state) {
  struct least *least = state;
  long value = number(folder, least->name);
  if (value >= 0 && (least->value < 0 || value < least->value)) least->value = value;
}

static long least_of(const char *name_v1, const char *name_v2) {
  struct least least = {memory_v2 ? name_v2 : name_v1, -1};
  upwards(memory_group, memory_root, take_least, &least);
  return least.value;
}

static void take_processors(const char *folder, void *state) {
  long *processors = state, quota = -1, period = -1;
  if (cpu_v2) {
    char line[128];
    if (!read_line(folder, "cpu.max", line, sizeof line) || sscanf(line, "%ld %ld", &quota, &period) != 2) return;
  } else {
    quota = number(folder, "cpu.cfs_quota_us");
    period = number(folder, "cpu.cfs_period_us");
  }
  if (quota <= 0 || period <= 0) return;
  long here = (quota + period - 1) / period;
  if (here < *processors) *processors = here;
}

static int available(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : (int)sysconf(_SC_NPROCESSORS_ONLN);
}

int svm_container_active_processor_count(void) {
  long processors = available();
  upwards(cpu_group, cpu_root, take_processors, &processors);
  return (int)processors;
}

long svm_container_memory_limit_in_bytes(void) { return least_of("memory.limit_in_bytes", "memory.max"); }

unsigned long svm_container_physical_memory(void) {
  unsigned long all = (unsigned long)sysconf(_SC_PHYS_PAGES) * (unsigned long)sysconf(_SC_PAGESIZE);
  long limit = svm_container_memory_limit_in_bytes();
  return limit > 0 && (unsigned long)limit < all ? (unsigned long)limit : all;
}

// With version 2 swap has a limit of its own, which adds to that of memory.
long svm_container_memory_and_swap_limit_in_bytes(void) {
  long limit = least_of("memory.memsw.limit_in_bytes", "memory.swap.max");
  long memory = svm_container_memory_limit_in_bytes();
  return memory_v2 && limit >= 0 && memory >= 0 ? limit + memory : limit;
}

long svm_container_memory_soft_limit_in_bytes(void) {
  return least_of("memory.soft_limit_in_bytes", "memory.low");
}

long svm_container_memory_usage_in_bytes(void) {
  return number(memory_group, memory_v2 ? "memory.current" : "memory.usage_in_bytes");
}

long svm_container_memory_max_usage_in_bytes(void) {
  return number(memory_group, memory_v2 ? "memory.peak" : "memory.max_usage_in_bytes");
}

// One counter of memory.stat, or -1.
static long statistic(const char *name) {
  char path[PATH_MAX + 64], key[64];
  snprintf(path, sizeof path, "%s/memory.stat", memory_group);
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  long value, found = -1;
  while (found < 0 && fscanf(file, "%63s %ld", key, &value) == 2) {
    if (!strcmp(key, name)) found = value;
  }
  fclose(file);
  return found;
}

long svm_container_rss_usage_in_bytes(void) { return statistic(memory_v2 ? "anon" : "rss"); }

long svm_container_cache_usage_in_bytes(void) { return statistic(memory_v2 ? "file" : "cache"); }

int svm_container_initialize(int version) {
  if (version < VERSION) return TOO_NEW;
  if (version > VERSION) return TOO_OLD;
  find_group("memory", memory_root, memory_group, &memory_v2);
  find_group("cpu", cpu_root, cpu_group, &cpu_v2);
  bool limited = svm_container_memory_limit_in_bytes() >= 0 || svm_container_active_processor_count() < available();
  return limited ? CONTAINERIZED : NOT_CONTAINERIZED;
}
