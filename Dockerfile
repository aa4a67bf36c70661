FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements/base.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt

COPY . .
ENV STATIC_ROOT=/app/var/static DATABASE_PATH=/data/db.sqlite3 MEDIA_ROOT=/data/media
ENV HOST=0.0.0.0 PORT=8000
# Settings want a key; collectstatic makes no use of it, and it stays out of the image.
RUN SECRET_KEY=unused-while-collecting python manage.py collectstatic --noinput

RUN useradd --system aiguillage && install -d -o aiguillage /data
USER aiguillage
VOLUME /data
EXPOSE 8000

# exec: gunicorn receives the container's signals.
ENTRYPOINT ["sh", "-euc", "python manage.py migrate --noinput; python manage.py import_content --if-empty; exec gunicorn"]
