FROM python:3.13-slim
WORKDIR /srv/chronicle
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt && useradd --system --home-dir /srv/chronicle chronicle
COPY manage.py gunicorn.conf.py ./
COPY chronicle chronicle
COPY sources sources
COPY fixtures fixtures
ENV PYTHONUNBUFFERED=1 DATA_DIR=/tmp/chronicle
USER chronicle
EXPOSE 8000
CMD ["gunicorn", "chronicle.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
