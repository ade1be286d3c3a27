/*
 * Holds back every packet of a TUN device for a while, and gives it back to the device: a long line.
 *
 *     delay-line <device>
 *
 * The milliseconds come as lines on standard input, 0 at first. "ready" is printed once the device is its own. It ends with
 * its input. In C because attaching to a TUN device takes an ioctl, which Node does not have.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* More than 20 Mbit/s for a second; what does not fit is dropped, as by any router. */
#define PACKETS 4096
#define MOST_BYTES 2048

struct packet {
  long long due;
  ssize_t length;
  unsigned char bytes[MOST_BYTES];
};
static struct packet queue[PACKETS];
static int head, count;

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

/* In the order in which they came, also when the line has become shorter meanwhile. */
static void send_due(int tun) {
  for (long long at = now(); count > 0 && queue[head].due <= at; count--) {
    /* What the device does not take is lost. */
    if (write(tun, queue[head].bytes, queue[head].length) < 0) perror("write");
    head = (head + 1) % PACKETS;
  }
}

static void receive(int tun, long long delay) {
  unsigned char dropped[MOST_BYTES];
  struct packet *next = &queue[(head + count) % PACKETS];
  ssize_t length;
  while ((length = read(tun, count < PACKETS ? next->bytes : dropped, MOST_BYTES)) > 0) {
    if (count == PACKETS) continue;
    next->length = length;
    next->due = now() + delay;
    count++;
    next = &queue[(head + count) % PACKETS];
  }
}

int main(int argc, char **argv) {
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  if (argc != 2 || tun < 0) return perror("/dev/net/tun"), 1;
  strncpy(request.ifr_name, argv[1], IFNAMSIZ - 1);
  if (ioctl(tun, TUNSETIFF, &request) < 0) return perror(argv[1]), 1;
  puts("ready");
  fflush(stdout);

  struct pollfd sources[] = {{.fd = tun, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
  for (long long delay = 0;;) {
    long long wait = count > 0 ? queue[head].due - now() : 0;
    if (wait < 0) wait = 0;
    struct timespec timeout = {wait / 1000000000LL, wait % 1000000000LL};
    if (ppoll(sources, 2, count > 0 ? &timeout : NULL, NULL) < 0) return perror("ppoll"), 1;
    if (sources[1].revents) {
      char line[64];
      ssize_t length = read(STDIN_FILENO, line, sizeof line - 1);
      if (length <= 0) return 0;
      line[length] = 0;
      delay = strtoll(line, NULL, 10) * 1000000LL;
    }
    if (sources[0].revents) receive(tun, delay);
    send_due(tun);
  }
}
