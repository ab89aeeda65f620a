// What the JDK's own libraries want from libjvm.so, as far as code in an image gets there. All other functions of the
// virtual machine are made as stubs that say their name and abort (see Toolchain).
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

__attribute__((noreturn)) void orchflow_no_such_function(const char *name) {
  fprintf(stderr, "%s is a function of the Java virtual machine that a native image does not have\n", name);
  abort();
}

void initialize(void) {}

int JVM_ActiveProcessorCount(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : (int)sysconf(_SC_NPROCESSORS_ONLN);
}

static long nanos(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1000000000L + now.tv_nsec;
}

long JVM_CurrentTimeMillis(void *env, void *ignored) {
  (void)env, (void)ignored;
  return nanos(CLOCK_REALTIME) / 1000000;
}

long JVM_NanoTime(void *env, void *ignored) {
  (void)env, (void)ignored;
  return nanos(CLOCK_MONOTONIC);
}

// Nanoseconds since the given second; -1 if it is too far away to be told so.
long JVM_GetNanoTimeAdjustment(void *env, void *ignored, long offset_seconds) {
  (void)env, (void)ignored;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  long difference = now.tv_sec - offset_seconds;
  if (difference > 0x100000000L || difference < -0x100000000L) return -1;
  return difference * 1000000000L + now.tv_nsec;
}

void *JVM_FindLibraryEntry(void *handle, const char *name) { return dlsym(handle, name); }

void *JVM_LoadLibrary(const char *name, unsigned char throws) {
  (void)throws;
  return dlopen(name, RTLD_LAZY);
}

void JVM_UnloadLibrary(void *handle) { dlclose(handle); }

char *JVM_NativePath(char *path) { return path; }

void *JVM_LoadZipLibrary(void) { return dlopen("libzip.so", RTLD_LAZY); }

unsigned char JVM_IsSupportedJNIVersion(int version) { return version >= 0x00010001 && version <= 0x00180000; }

void JVM_BeforeHalt(void) {}

void JVM_Halt(int code) { _exit(code); }

int JVM_RaiseSignal(int signal) { return raise(signal) == 0; }

void *JVM_RawMonitorCreate(void) {
  pthread_mutex_t *mutex = malloc(sizeof *mutex);
  if (mutex) pthread_mutex_init(mutex, NULL);
  return mutex;
}

void JVM_RawMonitorDestroy(void *mutex) {
  pthread_mutex_destroy(mutex);
  free(mutex);
}

int JVM_RawMonitorEnter(void *mutex) { return pthread_mutex_lock(mutex); }

void JVM_RawMonitorExit(void *mutex) { pthread_mutex_unlock(mutex); }

int jio_vsnprintf(char *text, size_t size, const char *format, va_list arguments) {
  if (size == 0) return -1;
  int length = vsnprintf(text, size, format, arguments);
  return length >= 0 && (size_t)length >= size ? -1 : length;
}

int jio_snprintf(char *text, size_t size, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = jio_vsnprintf(text, size, format, arguments);
  va_end(arguments);
  return length;
}

int jio_vfprintf(FILE *file, const char *format, va_list arguments) { return vfprintf(file, format, arguments); }

int jio_fprintf(FILE *file, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = jio_vfprintf(file, format, arguments);
  va_end(arguments);
  return length;
}
