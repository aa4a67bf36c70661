"""Read by gunicorn when it starts in this directory."""

import os

wsgi_app = "careerguide.wsgi"
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
preload_app = True  # workers share the memory of the loaded application
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
accesslog = None  # an access log would store visitors' addresses and answers
control_socket_disable = True  # it lives in the home directory, where two sites would share it
