import { runPhone } from './call/run-phone';

const io = { env: process.env, input: process.stdin, output: process.stdout, errors: process.stderr };

void runPhone(process.argv.slice(2), io).then((status) => {
  process.exitCode = status;
});
