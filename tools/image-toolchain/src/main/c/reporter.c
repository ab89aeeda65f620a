// Two figures for the builder's progress report.
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

long Java_com_oracle_svm_hosted_ProgressReporterCHelper_getPeakRSS0(void *env, void *type) {
  (void)env, (void)type;
  struct rusage usage;
  return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss * 1024L : -1;
}

int Java_com_oracle_svm_hosted_ProgressReporterCHelper_getTerminalWindowColumns0(void *env, void *type) {
  (void)env, (void)type;
  struct winsize size;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 80;
}
