// The functions that an image's own runtime calls in libchelper, one for each @CFunction that Linux on AMD64 uses.
// Left out: the attach listener (svm_attach_*), which is linked in only with --enable-monitoring=jcmd.
#define _GNU_SOURCE
#include <cpuid.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "amd64cpufeatures.h"
#include "svm_locale.h"

extern char **environ;

// --- the process ---------------------------------------------------------------------------------------------------

char **getEnviron(void) { return environ; }

int getThreadId(void) { return (int)syscall(SYS_gettid); }

// Nanoseconds that a thread spent in user mode, or -1.
long getThreadUserTimeSlow(int tid) {
  char path[64], line[1024];
  snprintf(path, sizeof path, "/proc/self/task/%d/stat", tid);
  FILE *file = fopen(path, "re");
  if (!file) return -1;
  size_t length = fread(line, 1, sizeof line - 1, file);
  fclose(file);
  line[length] = 0;
  // The second field is the name in brackets and may hold anything; user time is the 12th field after it.
  char *rest = strrchr(line, ')');
  unsigned long ticks;
  if (!rest || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu", &ticks) != 1) return -1;
  return (long)(ticks * (1000000000UL / (unsigned long)sysconf(_SC_CLK_TCK)));
}

void *mremapP(void *old_address, size_t old_size, size_t new_size, int flags, void *new_address) {
  return mremap(old_address, old_size, new_size, flags, new_address);
}

void codeSynchronization_clearCache(long start, long size) {
  __builtin___clear_cache((char *)start, (char *)start + size);
}

// Functions with open argument lists, by the kinds of arguments that they get here.
int openSII(const char *path, int flags, int mode) { return open(path, flags, mode); }

int openatISII(int folder, const char *path, int flags, int mode) { return openat(folder, path, flags, mode); }

int fprintfSD(FILE *stream, const char *format, const char *text, int number) {
  return fprintf(stream, format, text, number);
}

// --- the processor -------------------------------------------------------------------------------------------------

static unsigned long long enabled_states(void) {
  unsigned low, high;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return ((unsigned long long)high << 32) | low;
}

// Features that this function does not look for count as absent: an image never uses them then.
void determineCPUFeatures(CPUFeatures *features) {
  unsigned a, b, c, d;
  memset(features, 0, sizeof *features);
  if (!__get_cpuid(1, &a, &b, &c, &d)) return;
  bool xsave = c & bit_OSXSAVE;
  unsigned long long states = xsave ? enabled_states() : 0;
  bool avx = (states & 0x06) == 0x06;
  bool avx512 = (states & 0xe6) == 0xe6;
  features->fCX8 = !!(d & bit_CMPXCHG8B);
  features->fCMOV = !!(d & bit_CMOV);
  features->fFXSR = !!(d & bit_FXSAVE);
  features->fHT = !!(d & (1u << 28));
  features->fMMX = !!(d & bit_MMX);
  features->fTSC = !!(d & (1u << 4));
  features->fFLUSH = !!(d & (1u << 19));
  features->fSSE = !!(d & bit_SSE);
  features->fSSE2 = !!(d & bit_SSE2);
  features->fSSE3 = !!(c & bit_SSE3);
  features->fSSSE3 = !!(c & bit_SSSE3);
  features->fSSE4_1 = !!(c & bit_SSE4_1);
  features->fSSE4_2 = !!(c & bit_SSE4_2);
  features->fPOPCNT = !!(c & bit_POPCNT);
  features->fAES = !!(c & bit_AES);
  features->fCLMUL = !!(c & bit_PCLMUL);
  features->fHV = !!(c & (1u << 31));
  features->fAVX = avx && (c & bit_AVX);
  features->fVZEROUPPER = features->fAVX;
  features->fFMA = avx && (c & bit_FMA);
  features->fF16C = avx && (c & bit_F16C);
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d)) {
    features->fBMI1 = !!(b & bit_BMI);
    features->fBMI2 = !!(b & bit_BMI2);
    features->fADX = !!(b & bit_ADX);
    features->fERMS = !!(b & (1u << 9));
    features->fSHA = !!(b & bit_SHA);
    features->fFLUSHOPT = !!(b & bit_CLFLUSHOPT);
    features->fCLWB = !!(b & bit_CLWB);
    features->fRDPID = !!(c & bit_RDPID);
    features->fFSRM = !!(d & (1u << 4));
    features->fAVX2 = avx && (b & bit_AVX2);
    features->fAVX512F = avx512 && (b & bit_AVX512F);
    features->fAVX512DQ = avx512 && (b & bit_AVX512DQ);
    features->fAVX512CD = avx512 && (b & bit_AVX512CD);
    features->fAVX512BW = avx512 && (b & bit_AVX512BW);
    features->fAVX512VL = avx512 && (b & bit_AVX512VL);
  }
  if (__get_cpuid(0x80000001, &a, &b, &c, &d)) {
    features->fLZCNT = !!(c & bit_LZCNT);
    features->fSSE4A = !!(c & bit_SSE4a);
    features->fAMD_3DNOW_PREFETCH = !!(c & bit_PRFCHW);
    features->fRDTSCP = !!(d & (1u << 27));
  }
  if (__get_cpuid(0x80000007, &a, &b, &c, &d)) {
    features->fTSCINV_BIT = !!(d & (1u << 8));
    features->fTSCINV = features->fTSCINV_BIT;
  }
}

// The mask holds, negated, a 1 for each feature that the image was built for. 0 if all of them are here.
int checkCPUFeatures(const unsigned char *negated_mask) {
  CPUFeatures here;
  determineCPUFeatures(&here);
  const unsigned char *present = (const unsigned char *)&here;
  for (size_t i = 0; i < sizeof here; i++) {
    if ((unsigned char)(present[i] | negated_mask[i]) != 0xff) return 1;
  }
  return 0;
}

int checkCPUFeaturesOrExit(const unsigned char *negated_mask, const char *message) {
  if (checkCPUFeatures(negated_mask) != 0) {
    fprintf(stderr, "%s\n", message);
    exit(1);
  }
  return 0;
}

// --- the locale ----------------------------------------------------------------------------------------------------

static svm_locale_props_t locale_props;

// Takes "de_AT.UTF-8@euro" apart; false if there is no memory for the pieces.
static bool take_apart(int category, const char **language, const char **script, const char **country,
                       const char **variant) {
  const char *name = setlocale(category, NULL);
  bool plain = !name || !*name || !strcmp(name, "C") || !strcmp(name, "POSIX") || !strncmp(name, "C.", 2);
  char *copy = strdup(plain ? "en" : name);
  if (!copy) return false;
  *script = "";
  *country = "";
  *variant = "";
  char *at = strchr(copy, '@');
  if (at) {
    *at++ = 0;
    if (!strcasecmp(at, "latin")) *script = "Latn";
    else if (!strcasecmp(at, "cyrillic")) *script = "Cyrl";
    else if (strcasecmp(at, "euro")) *variant = at;
  }
  copy[strcspn(copy, ".")] = 0;
  char *underscore = strchr(copy, '_');
  if (underscore) {
    *underscore = 0;
    *country = underscore + 1;
  }
  *language = copy;
  return true;
}

int svm_initialize_locale(void) {
  setlocale(LC_ALL, "");
  return take_apart(LC_MESSAGES, &locale_props.display_language, &locale_props.display_script,
                    &locale_props.display_country, &locale_props.display_variant) &&
                 take_apart(LC_CTYPE, &locale_props.format_language, &locale_props.format_script,
                            &locale_props.format_country, &locale_props.format_variant)
             ? SVM_LOCALE_INITIALIZATION_SUCCEEDED
             : SVM_LOCALE_INITIALIZATION_OUT_OF_MEMORY;
}

const svm_locale_props_t *svm_get_locale(void) { return &locale_props; }

// The time zone's name in memory of the caller's, or NULL for the default.
char *SVM_FindJavaTZmd(const char *mappings, int length) {
  (void)mappings;
  (void)length;
  static const char marker[] = "zoneinfo/";
  const char *zone = getenv("TZ");
  if (zone && *zone == ':') zone++;
  if (zone && *zone) {
    const char *below = strstr(zone, marker);
    return strdup(below ? below + strlen(marker) : zone);
  }
  char target[PATH_MAX];
  ssize_t size = readlink("/etc/localtime", target, sizeof target - 1);
  if (size <= 0) return NULL;
  target[size] = 0;
  const char *below = strstr(target, marker);
  return below ? strdup(below + strlen(marker)) : NULL;
}

// --- signals for Java's handlers -----------------------------------------------------------------------------------

static sem_t signal_arrived;
static atomic_bool signals_claimed;
static atomic_uint pending_signals[_NSIG];

int cSunMiscSignal_open(void) {
  if (atomic_exchange(&signals_claimed, true)) return 1;
  for (int i = 0; i < _NSIG; i++) atomic_store(&pending_signals[i], 0);
  return sem_init(&signal_arrived, 0, 0);
}

int cSunMiscSignal_close(void) {
  int failed = sem_destroy(&signal_arrived);
  atomic_store(&signals_claimed, false);
  return failed;
}

int cSunMiscSignal_awaitSemaphore(void) { return sem_wait(&signal_arrived); }

int cSunMiscSignal_signalSemaphore(void) { return sem_post(&signal_arrived); }

bool cSunMiscSignal_signalRangeCheck(int signal) { return signal > 0 && signal < _NSIG; }

int cSunMiscSignal_checkPendingSignal(void) {
  for (int i = 1; i < _NSIG; i++) {
    unsigned count = atomic_load(&pending_signals[i]);
    while (count > 0) {
      if (atomic_compare_exchange_weak(&pending_signals[i], &count, count - 1)) return i;
    }
  }
  return -1;
}

static void note_signal(int signal) {
  if (!cSunMiscSignal_signalRangeCheck(signal)) return;
  int saved = errno;
  atomic_fetch_add(&pending_signals[signal], 1);
  sem_post(&signal_arrived);
  errno = saved;
}

typedef void (*signal_function)(int);

signal_function cSunMiscSignal_signalHandlerFunctionPointer(void) { return note_signal; }

// --- initialisers of the JDK's libraries ---------------------------------------------------------------------------

// An image takes the JDK's libraries for part of itself and wants an initialiser of its own name for each. Here they are
// shared libraries with one plain name, so each is asked in turn.
#define JNI_VERSION_1_8 0x00010008
#define INITIALISER(library)                                                            \
  int JNI_OnLoad_##library(void *vm, void *reserved) {                                  \
    void *handle = dlopen("lib" #library ".so", RTLD_NOW | RTLD_NOLOAD);                \
    int (*own)(void *, void *) = handle ? dlsym(handle, "JNI_OnLoad") : NULL;           \
    Dl_info where;                                                                      \
    /* dlsym also looks in what the library depends on. */                              \
    if (own && dladdr(own, &where) && strstr(where.dli_fname, "lib" #library ".so")) {  \
      int version = own(vm, reserved);                                                  \
      return version < JNI_VERSION_1_8 ? JNI_VERSION_1_8 : version;                     \
    }                                                                                   \
    return JNI_VERSION_1_8;                                                             \
  }
INITIALISER(java)
INITIALISER(net)
INITIALISER(nio)
INITIALISER(zip)
INITIALISER(extnet)
INITIALISER(jaas)
INITIALISER(prefs)
