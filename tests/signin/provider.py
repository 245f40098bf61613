"""A real OpenID provider on this machine, as a process of its own: python -m tests.signin.provider PORT."""

import sys
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import oidc_provider_mock

if __name__ == "__main__":
    import time

    with oidc_provider_mock.run_server_in_thread(port=int(sys.argv[1])):
        while True:
            time.sleep(3600)
