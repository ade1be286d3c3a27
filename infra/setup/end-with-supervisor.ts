// For a supervised program that does not watch its channel to the supervisor, loaded before it with `node --import`: when
// the supervisor is gone, even by kill -9, the program ends as on the SIGTERM that nobody else will send it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// The channel alone must not keep a program running that has closed everything else.
process.channel?.unref();
