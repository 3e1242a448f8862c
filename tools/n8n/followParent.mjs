// Loaded into n8n's process before n8n itself: when the tool that started it is gone, however it
// ended, n8n ends at once, with the task runner that n8n starts, and writes nothing more. It is the
// head of its process group.
const own = process.platform === 'win32' ? process.pid : -process.pid;

process.on('disconnect', () => process.kill(own, 'SIGKILL'));
