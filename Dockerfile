FROM python:3.13-slim
WORKDIR /srv/chronicle
RUN useradd --system --home-dir /srv/chronicle chronicle \
    && install --directory --owner=chronicle --mode=700 /var/lib/chronicle /var/backups/chronicle
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY manage.py gunicorn.conf.py ./
COPY chronicle chronicle
COPY sources sources
COPY fixtures fixtures
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/var/lib/chronicle
VOLUME /var/lib/chronicle
USER chronicle
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
CMD ["gunicorn", "chronicle.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
